/** Answers: their words, where they lead, what they amount to. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { outcomeCodes } from '../../../shared/case/outcome-codes.ts';
import type { ScriptAnswer, ScriptPack } from '../../../shared/script/script-pack.ts';
import { identityAnswers, isSpoken, returnWord } from '../../../shared/script/script-pack.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { changed, firstFree, moved } from './edit-script.ts';
import { WhenInput } from './say-list.tsx';
import { BothLanguages, NameInput, Pick } from './text-input.tsx';

interface Props {
  pack: ScriptPack;
  answers: readonly ScriptAnswer[];
  of: 'step' | 'identity' | 'disclosure' | 'objection';
  onChange: (how: (answers: readonly ScriptAnswer[]) => ScriptAnswer[], field: string | null) => void;
}
const end = ' end';

export function AnswerList({ pack, answers, of, onChange }: Props): ReactNode {
  const { t } = useWords();
  const at = (index: number, how: (answer: ScriptAnswer) => void, field: string | null): void => {
    onChange((before) => before.map((answer, place) => (place === index ? changed(answer, how) : answer)), field === null ? null : `${String(index)} ${field}`);
  };
  return (
    <section className="unit-part" aria-label={t('conduct.editor.answers')}>
      <h4>{t('conduct.editor.answers')}</h4>
      {answers.map((answer, index) => {
        const name = t('conduct.editor.answer', { number: index + 1 });
        return (
          <div className="unit-entry" key={String(index)} role="group" aria-label={name}>
            <BothLanguages label={name} text={answer.label} onChange={(locale, words) => { at(index, (copy) => { copy.label[locale] = words; }, locale); }} />
            <div className="unit-row">
              <GoTo pack={pack} value={answer.goTo} mayReturn={of === 'objection'} label={t('conduct.editor.goToOf', { what: name })} onChange={(goTo) => { at(index, (copy) => { copy.goTo = goTo; }, null); }} />
              <Pick
                label={t('conduct.editor.outcomeOf', { what: name })} value={answer.suggestCode ?? ''} none={t('conduct.editor.noOutcome')}
                options={outcomeCodes.map((code) => ({ value: code, label: `${code} · ${t(`outcome.${code}`)}` }))}
                onChange={(code) => { at(index, (copy) => { if (code === null) delete copy.suggestCode; else copy.suggestCode = code; }, null); }}
              />
              {of === 'identity' ? (
                <Pick
                  label={t('conduct.editor.resultOf', { what: name })} value={answer.result ?? 'not-now'} options={identityAnswers.map((result) => ({ value: result, label: t(`conduct.result.${result}`) }))}
                  onChange={(result) => { at(index, (copy) => { copy.result = result ?? 'not-now'; }, null); }}
                />
              ) : null}
              {of === 'disclosure' ? <Check label={t('conduct.editor.read')} checked={answer.read === true} onChange={(read) => { at(index, (copy) => { if (read) copy.read = true; else delete copy.read; }, null); }} /> : null}
            </div>
            <div className="unit-row">
              <NameInput label={t('conduct.editor.answerId', { what: name })} value={answer.id} pattern={/^[a-z][a-z0-9-]*$/} problem={t('conduct.editor.notId')} onChange={(id) => { at(index, (copy) => { copy.id = id; }, 'id'); }} />
              <WhenInput value={answer.when} onChange={(when) => { at(index, (copy) => { if (when === undefined) delete copy.when; else copy.when = when; }, 'when'); }} />
              {of === 'objection' ? null : (
                <Pick
                  label={t('conduct.editor.consentOf', { what: name })} value={answer.consent ?? ''} none={t('conduct.editor.noConsent')}
                  options={(['given', 'refused'] as const).map((consent) => ({ value: consent, label: t(`conduct.consent.${consent}`) }))}
                  onChange={(consent) => { at(index, (copy) => { if (consent === null) delete copy.consent; else copy.consent = consent; }, null); }}
                />
              )}
              <Button aria-label={t('conduct.editor.upOf', { what: name })} disabled={index === 0} onClick={() => { onChange((before) => moved(before, index, -1), null); }}>↑</Button>
              <Button aria-label={t('conduct.editor.removeOf', { what: name })} onClick={() => { onChange((before) => before.filter((_answer, place) => place !== index), null); }}>×</Button>
            </div>
          </div>
        );
      })}
      <Button onClick={() => {
        onChange((before) => [...before, {
          id: firstFree('answer', (id) => before.some((answer) => answer.id === id)), label: { it: '', en: '' }, goTo: of === 'objection' ? returnWord : null, ...(of === 'identity' ? { result: 'not-now' as const } : {}),
        }], null);
      }}>{t('conduct.editor.addAnswer')}</Button>
    </section>
  );
}

/** A step, the end of the script, or back to where the call was. */
export function GoTo({ pack, value, mayReturn, label, onChange }: { pack: ScriptPack; value: string | null; mayReturn: boolean; label: string; onChange: (goTo: string | null) => void }): ReactNode {
  const { t, format } = useWords();
  const known = pack.steps.map((step) => ({ value: step.id, label: `→ ${isSpoken(step) && step.title[format.locale] !== '' ? step.title[format.locale] : step.id}` }));
  const options = [
    ...(mayReturn ? [{ value: returnWord, label: `↩ ${t('conduct.editor.return')}` }] : []),
    ...known,
    { value: end, label: `■ ${t('conduct.editor.end')}` },
    // It leads nowhere any more: shown as it is, and the checker says so.
    ...(value !== null && value !== returnWord && !known.some((option) => option.value === value) ? [{ value, label: `? ${value}` }] : []),
  ];
  return <Pick label={label} value={value ?? end} options={options} onChange={(goTo) => { onChange(goTo === end ? null : goTo); }} />;
}
