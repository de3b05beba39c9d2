/** The places of a script: its sheet, steps, objections; each with what the checker found there. */
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { ScriptFinding } from '../../../shared/script/script-finding.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { isSpoken } from '../../../shared/script/script-pack.ts';
import type { ScriptPlace } from './edit-script.ts';
import { addObjection, addStep, kindOf, movePlace, newUnitId, placeOfFinding, placesOf, removePlace, samePlace, sheet } from './edit-script.ts';
import { useScriptEditor } from './script-editor-store.ts';
import { TextInput } from './text-input.tsx';

export function PlacesList({ pack, findings }: { pack: ScriptPack; findings: readonly ScriptFinding[] }): ReactNode {
  const { t, format } = useWords();
  const { now, look, edit } = useScriptEditor();
  const place = now?.place ?? sheet;
  const places = placesOf(pack);
  const move = (by: number): void => {
    const next = places[places.findIndex((candidate) => samePlace(candidate, place)) + by];
    if (next === undefined) return;
    look(next);
    requestAnimationFrame(() => { document.querySelector<HTMLElement>('#script-places [aria-current]')?.focus(); });
  };
  const nameOf = (at: ScriptPlace): { name: string; kind: string } => {
    if (at.kind === 'sheet') return { name: t('conduct.editor.sheet'), kind: '' };
    if (at.kind === 'objection') return { name: pack.objections.find(({ id }) => id === at.id)?.label[format.locale] ?? '', kind: '' };
    const step = pack.steps.find(({ id }) => id === at.id);
    if (step === undefined) return { name: at.id, kind: '' };
    return { name: isSpoken(step) ? step.title[format.locale] : step.id, kind: t(`conduct.stepKind.${kindOf(step)}`) };
  };
  const row = (at: ScriptPlace): ReactNode => {
    const here = findings.filter(({ where }) => samePlace(placeOfFinding(pack, where), at)).length;
    const { name, kind } = nameOf(at);
    const isNow = samePlace(at, place);
    return (
      <li key={at.kind === 'sheet' ? 'sheet' : `${at.kind} ${at.id}`}>
        <ButtonBase className="place" aria-current={isNow ? 'true' : undefined} tabIndex={isNow ? 0 : -1} onClick={() => { look(at); }}>
          <span className="place-name">{name === '' && at.kind !== 'sheet' ? at.id : name}</span>
          <span className="dim">{kind}</span>
          {here === 0 ? null : <span className="place-findings">{here}<span className="visually-hidden"> {t('conduct.editor.findingsHere', { count: here })}</span></span>}
        </ButtonBase>
      </li>
    );
  };
  return (
    <nav
      className="card script-places" id="script-places" aria-label={t('conduct.editor.places')}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
        event.preventDefault();
        const by = event.key === 'ArrowDown' ? 1 : -1;
        if (event.altKey) edit((before) => movePlace(before, place, by));
        else move(by);
      }}
    >
      <ul>{row(sheet)}</ul>
      <h3>{t('conduct.editor.steps')}</h3>
      <ul>{places.filter(({ kind }) => kind === 'step').map(row)}</ul>
      <AddPlace label={t('conduct.editor.addStep')} onAdd={(name) => {
        edit((before) => addStep(before, newUnitId(before, name), titleIn(name, format.locale), place.kind === 'step' ? place.id : null), null, { kind: 'step', id: newUnitId(pack, name) });
      }} />
      <h3>{t('conduct.editor.objections')}</h3>
      <ul>{places.filter(({ kind }) => kind === 'objection').map(row)}</ul>
      <AddPlace label={t('conduct.editor.addObjection')} onAdd={(name) => {
        edit((before) => addObjection(before, newUnitId(before, name), titleIn(name, format.locale)), null, { kind: 'objection', id: newUnitId(pack, name) });
      }} />
    </nav>
  );
}

/** Still to be translated into the other language. */
function titleIn(name: string, locale: 'it' | 'en'): { it: string; en: string } {
  return { it: '', en: '', [locale]: name };
}

function AddPlace({ label, onAdd }: { label: string; onAdd: (name: string) => void }): ReactNode {
  const [name, setName] = useState('');
  return (
    <form
      className="place-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onAdd(name.trim());
        setName('');
      }}
    >
      <TextInput label={label} placeholder={label} maxLength={60} value={name} onChange={setName} />
      <Button type="submit" aria-label={label} disabled={name.trim() === ''}>+</Button>
    </form>
  );
}

/** Up, down, away: for whatever place is looked at. */
export function PlaceActs({ place }: { place: ScriptPlace }): ReactNode {
  const { t } = useWords();
  const edit = useScriptEditor((store) => store.edit);
  return (
    <span className="conduct-acts">
      <Button aria-label={t('conduct.editor.up')} onClick={() => { edit((pack) => movePlace(pack, place, -1)); }}>↑</Button>
      <Button aria-label={t('conduct.editor.down')} onClick={() => { edit((pack) => movePlace(pack, place, 1)); }}>↓</Button>
      <Button onClick={() => { edit((pack) => removePlace(pack, place), null, sheet); }}>{t('conduct.remove')}</Button>
    </span>
  );
}
