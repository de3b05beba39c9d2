/** The sheet of a script: its name, for which calls it is, where it starts, what must be read. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { debtorKinds, tones } from '../../../shared/case/case-entity.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { isSpoken, scriptDirections, scriptRoles, scriptStages } from '../../../shared/script/script-pack.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { changed, firstFree } from './edit-script.ts';
import { useScriptEditor } from './script-editor-store.ts';
import { BothLanguages, NameInput, Pick } from './text-input.tsx';

export function SheetForm({ pack }: { pack: ScriptPack }): ReactNode {
  const { t, format } = useWords();
  const edit = useScriptEditor((store) => store.edit);
  const change = (how: (pack: ScriptPack) => void, field: string | null = null): void => { edit((before) => changed(before, how), field === null ? null : `sheet ${field}`); };
  const { serves } = pack;
  return (
    <>
      <header className="place-head"><h3>{t('conduct.editor.sheet')} <code>{pack.id}</code></h3></header>
      <BothLanguages label={t('conduct.editor.packTitle')} text={pack.title} onChange={(locale, words) => { change((copy) => { copy.title[locale] = words; }, `title ${locale}`); }} />
      <div className="unit-row sheet-serves">
        <label className="inline-label">{t('conduct.scripts.tone')}{' '}<Pick label={t('conduct.scripts.tone')} value={serves.tone} options={tones.map((tone) => ({ value: tone, label: t(`tone.${tone}`) }))} onChange={(tone) => { if (tone !== null) change((copy) => { copy.serves.tone = tone; }); }} /></label>
        <label className="inline-label">{t('conduct.editor.direction')}{' '}<Pick label={t('conduct.editor.direction')} value={serves.direction} options={scriptDirections.map((direction) => ({ value: direction, label: t(`conduct.direction.${direction}`) }))} onChange={(direction) => { if (direction !== null) change((copy) => { copy.serves.direction = direction; }); }} /></label>
        <label className="inline-label">{t('conduct.editor.role')}{' '}<Pick label={t('conduct.editor.role')} value={serves.role} options={scriptRoles.map((role) => ({ value: role, label: t(`conduct.role.${role}`) }))} onChange={(role) => { if (role !== null) change((copy) => { copy.serves.role = role; }); }} /></label>
        <label className="inline-label">{t('conduct.editor.stage')}{' '}<Pick label={t('conduct.editor.stage')} value={serves.stage} options={[...scriptStages, 'any' as const].map((stage) => ({ value: stage, label: t(`conduct.stage.${stage}`) }))} onChange={(stage) => { if (stage !== null) change((copy) => { copy.serves.stage = stage; }); }} /></label>
      </div>
      <fieldset className="offer-actions">
        <legend className="caption">{t('conduct.editor.audience')}</legend>
        {debtorKinds.map((kind) => (
          <Check key={kind} label={t(`kind.${kind}`)} checked={serves.audience.includes(kind)} onChange={(checked) => {
            const audience = debtorKinds.filter((other) => (other === kind ? checked : serves.audience.includes(other)));
            if (audience.length > 0) change((copy) => { copy.serves.audience = audience; });
          }} />
        ))}
      </fieldset>
      <label className="inline-label">{t('conduct.editor.start')}{' '}
        <Pick label={t('conduct.editor.start')} value={pack.start} options={pack.steps.map((step) => ({ value: step.id, label: isSpoken(step) ? step.title[format.locale] : step.id }))} onChange={(start) => { if (start !== null) change((copy) => { copy.start = start; }); }} />
      </label>
      <section className="unit-part" aria-label={t('conduct.editor.disclosures')}>
        <h4>{t('conduct.editor.disclosures')}</h4>
        {pack.disclosures.map((disclosure, index) => {
          const name = t('conduct.editor.disclosureNumber', { number: index + 1 });
          return (
            <div className="unit-entry" key={String(index)} role="group" aria-label={name}>
              <BothLanguages label={name} text={disclosure.title} onChange={(locale, words) => { change((copy) => { const entry = copy.disclosures[index]; if (entry !== undefined) entry.title[locale] = words; }, `disclosure ${String(index)} ${locale}`); }} />
              <div className="unit-row">
                <NameInput label={t('conduct.editor.answerId', { what: name })} value={disclosure.id} pattern={/^[a-z][a-z0-9-]*$/} problem={t('conduct.editor.notId')} onChange={(id) => { change((copy) => { const entry = copy.disclosures[index]; if (entry !== undefined) entry.id = id; }, `disclosure ${String(index)} id`); }} />
                <Button aria-label={t('conduct.editor.removeOf', { what: name })} onClick={() => { change((copy) => { copy.disclosures.splice(index, 1); }); }}>×</Button>
              </div>
            </div>
          );
        })}
        <Button onClick={() => { change((copy) => { copy.disclosures.push({ id: firstFree('disclosure', (id) => copy.disclosures.some((other) => other.id === id)), title: { it: '', en: '' } }); }); }}>{t('conduct.editor.addDisclosure')}</Button>
      </section>
    </>
  );
}
