/** One step: its title, what is said, what is done, what is asked for, where each answer leads. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { ScriptPack, ScriptStep, SpokenStep } from '../../../shared/script/script-pack.ts';
import { isSpoken, offerActions } from '../../../shared/script/script-pack.ts';
import { Check } from '../../ui/check.tsx';
import { AnswerList } from './answer-list.tsx';
import { changeStep, convertStep, kindOf, stepKinds } from './edit-script.ts';
import { FieldList } from './field-list.tsx';
import { PlaceActs } from './places-list.tsx';
import { RouteList } from './route-list.tsx';
import { SayList } from './say-list.tsx';
import { useScriptEditor } from './script-editor-store.ts';
import { BothLanguages, Pick } from './text-input.tsx';

export function StepForm({ pack, step }: { pack: ScriptPack; step: ScriptStep }): ReactNode {
  const { t } = useWords();
  const edit = useScriptEditor((store) => store.edit);
  const change = (how: (step: ScriptStep) => void, field: string | null = null): void => { edit((before) => changeStep(before, step.id, how), field === null ? null : `${step.id} ${field}`); };
  return (
    <>
      <header className="place-head">
        <h3>{t('conduct.editor.step')} <code>{step.id}</code></h3>
        <label className="inline-label">{t('conduct.editor.kind')}{' '}
          <Pick
            label={t('conduct.editor.kind')} value={kindOf(step)} options={stepKinds.map((kind) => ({ value: kind, label: t(`conduct.stepKind.${kind}`) }))}
            onChange={(kind) => {
              if (kind !== null) edit((before) => ({ ...before, steps: before.steps.map((other) => (other.id === step.id ? convertStep(other, kind, before.disclosures) : other)) }));
            }}
          />
        </label>
        <PlaceActs place={{ kind: 'step', id: step.id }} />
      </header>
      {isSpoken(step) ? <SpokenForm pack={pack} step={step} change={change} /> : <RouteList pack={pack} step={step} />}
    </>
  );
}

interface SpokenProps { pack: ScriptPack; step: SpokenStep; change: (how: (step: ScriptStep) => void, field?: string | null) => void }

function SpokenForm({ pack, step, change }: SpokenProps): ReactNode {
  const { t } = useWords();
  const spoken = (how: (step: SpokenStep) => void, field: string | null = null): void => { change((copy) => { if (isSpoken(copy)) how(copy); }, field); };
  return (
    <>
      <BothLanguages label={t('conduct.editor.title')} text={step.title} onChange={(locale, words) => { spoken((copy) => { copy.title[locale] = words; }, `title ${locale}`); }} />
      <SayList say={step.say} onChange={(how, field) => { spoken((copy) => { how(copy.say); }, field === null ? null : `say ${field}`); }} />
      <BothLanguages
        label={t('conduct.editor.do')} text={step.do ?? { it: '', en: '' }}
        onChange={(locale, words) => {
          spoken((copy) => {
            const text = { ...(copy.do ?? { it: '', en: '' }), [locale]: words };
            if (text.it === '' && text.en === '') delete copy.do;
            else copy.do = text;
          }, `do ${locale}`);
        }}
      />
      {step.kind === 'capture' ? (
        <FieldList fields={step.fields} onChange={(how, field) => { change((copy) => { if (copy.kind === 'capture') how(copy.fields); }, field === null ? null : `fields ${field}`); }} />
      ) : null}
      {step.kind === 'offer' ? (
        <fieldset className="offer-actions">
          <legend className="caption">{t('conduct.editor.offers')}</legend>
          {offerActions.map((action) => (
            <Check
              key={action} label={t(`conduct.offer.${action}`)} checked={step.actions.includes(action)}
              onChange={(checked) => {
                change((copy) => {
                  if (copy.kind !== 'offer') return;
                  const actions = offerActions.filter((other) => (other === action ? checked : copy.actions.includes(other)));
                  if (actions.length > 0) copy.actions = actions;
                });
              }}
            />
          ))}
        </fieldset>
      ) : null}
      {step.kind === 'check' && step.checks === 'disclosure' ? (
        <label className="inline-label">{t('conduct.editor.disclosure')}{' '}
          <Pick
            label={t('conduct.editor.disclosure')} value={step.disclosure} options={[...new Set([...pack.disclosures.map(({ id }) => id), step.disclosure])].map((id) => ({ value: id, label: id }))}
            onChange={(id) => { change((copy) => { if (id !== null && copy.kind === 'check' && copy.checks === 'disclosure') copy.disclosure = id; }); }}
          />
        </label>
      ) : null}
      <AnswerList
        pack={pack} answers={step.answers} of={step.kind === 'check' ? step.checks : 'step'}
        onChange={(how, field) => { spoken((copy) => { copy.answers = how(copy.answers) as typeof copy.answers; }, field === null ? null : `answers ${field}`); }}
      />
    </>
  );
}
