/** How the script sounds: walked by clicking, on a sample case, as a call walks it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PreviewClick, PreviewSample, PreviewWalk } from '../../../shared/contract/conduct-office-channels.ts';
import { previewSamples } from '../../../shared/contract/conduct-office-channels.ts';
import type { AppError } from '../../../shared/result.ts';
import type { ScriptLocale, ScriptPack } from '../../../shared/script/script-pack.ts';
import { scriptLocales } from '../../../shared/script/script-pack.ts';
import { query } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { jsonOf, useScriptEditor } from './script-editor-store.ts';
import { Pick, TextInput } from './text-input.tsx';

/** Typing goes first. */
const PAUSE_MS = 250;

export function ScriptPreview({ pack }: { pack: ScriptPack }): ReactNode {
  const { t, locale: own, format } = useWords();
  const look = useScriptEditor((store) => store.look);
  const [sample, setSample] = useState<PreviewSample>('one-invoice');
  const [locale, setLocale] = useState<ScriptLocale>(own);
  const [clicks, setClicks] = useState<readonly PreviewClick[]>([]);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<AppError | null>(null);
  const still = useDebounced(pack, PAUSE_MS);
  const asked = { pack: jsonOf(still), sample, locale };
  const preview = useQuery('preview-script-draft', { ...asked, clicks: [...clicks] });
  // While the next screen is on its way the last one stays: nothing blinks.
  const [shown, setShown] = useState<PreviewWalk | null>(null);
  if (preview.data !== null && preview.data !== shown) setShown(preview.data);
  const screen = shown?.walk ?? null;
  const problem = preview.error === null ? shown?.problem ?? null : errorSentence(preview.error, t, format);
  const go = (next: readonly PreviewClick[]): void => {
    setClicks(next);
    setValues({});
    setRefused(null);
  };
  const step = screen?.step ?? null;
  const answerWith = async (stepId: string, answerId: string): Promise<void> => {
    const next = [...clicks, { kind: 'answer' as const, stepId, answerId, values }];
    const taken = await query('preview-script-draft', { ...asked, clicks: next });
    const refusal = taken.ok ? taken.value.refused : taken.error;
    if (refusal === null) go(next);
    else setRefused(refusal);
  };
  const back = (): void => { go(clicks.slice(0, -1)); };
  return (
    <section className="card script-preview" id="script-preview" aria-label={t('conduct.preview.title')}>
      <header className="preview-head">
        <Pick label={t('conduct.preview.sample')} value={sample} options={previewSamples.map((name) => ({ value: name, label: t(`conduct.preview.samples.${name}`) }))} onChange={(name) => { if (name !== null) setSample(name); }} />
        <Pick label={t('conduct.preview.language')} value={locale} options={scriptLocales.map((name) => ({ value: name, label: t(`conduct.language.${name}`) }))} onChange={(name) => { if (name !== null) setLocale(name); }} />
        <Button disabled={clicks.length === 0} onClick={back}>{t('conduct.preview.back')}</Button>
        <Button disabled={clicks.length === 0} onClick={() => { go([]); }}>{t('conduct.preview.again')}</Button>
      </header>
      {problem === null ? null : <p className="note note-warning" role="status">{t('conduct.preview.notYet')} <span className="faint">{problem}</span></p>}
      {screen === null ? null : (
        <div className="preview-body" aria-live="polite">
          <p className="dim preview-trail">{[...screen.trail.map(({ title }) => title), step?.title ?? t('conduct.editor.end')].join(' › ')}</p>
          <p className="tag">{t(`conduct.gate.${shown?.gate ?? 'unconfirmed'}`)}</p>
          {step === null ? <p className="state-title">{t('conduct.preview.atEnd')}</p> : (
            <>
              <h3>{step.title === '' ? step.stepId : step.title} <Button className="quiet" onClick={() => { look({ kind: step.kind === 'objection' ? 'objection' : 'step', id: step.stepId }); }}>{t('conduct.preview.edit')}</Button></h3>
              {step.say.map((paragraph, index) => <p className="preview-say" lang={locale} key={String(index)}><Stressed text={paragraph} /></p>)}
              {step.doText === null ? null : <p className="dim" lang={locale}>{step.doText}</p>}
              {step.fields.map((field) => (
                <label className="preview-field" key={field.fieldId}>
                  <span>{field.label === '' ? field.fieldId : field.label}</span>
                  {field.type === 'choice'
                    ? <Pick label={field.label} value={values[field.fieldId] ?? ''} none="—" options={field.choices} onChange={(value) => { setValues({ ...values, [field.fieldId]: value ?? '' }); }} />
                    : <TextInput label={field.label === '' ? field.fieldId : field.label} value={values[field.fieldId] ?? ''} onChange={(value) => { setValues({ ...values, [field.fieldId]: value }); }} />}
                </label>
              ))}
              <ul className="preview-answers">
                {step.answers.map((answer) => (
                  <li key={answer.answerId}>
                    <Button onClick={() => { void answerWith(step.stepId, answer.answerId); }}>
                      <span lang={locale}>{answer.label === '' ? answer.answerId : answer.label}</span>{answer.suggestCode === null ? null : <span className="tag">{answer.suggestCode}</span>}{answer.ends ? <span className="dim">{t('conduct.preview.ends')}</span> : null}
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )}
          {refused === null ? null : (
            <p className="field-error" role="alert">{errorSentence(refused, t, format)}</p>
          )}
          {screen.objections.length === 0 ? null : (
            <Pick label={t('conduct.preview.objection')} value="" none={t('conduct.preview.objection')} options={screen.objections.map(({ objectionId, label }) => ({ value: objectionId, label: label === '' ? objectionId : label }))}
              onChange={(objectionId) => { if (objectionId !== null) go([...clicks, { kind: 'objection', objectionId }]); }} />
          )}
        </div>
      )}
    </section>
  );
}

/** `**…**` is stressed. */
function Stressed({ text }: { text: string }): ReactNode {
  return text.split('**').map((piece, index) => (index % 2 === 1 ? <b key={String(index)}>{piece}</b> : <span key={String(index)}>{piece}</span>));
}
