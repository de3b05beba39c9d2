/** Correcting an outcome where it stands: replace it or annul it, with a reason; both stay in the history. Collectors and leads have the same form. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OutcomeForm } from '../../../shared/contract/outcome-form.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { fail } from '../../../shared/result.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { Outcome } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { errorOf, isGeneral } from './form-errors.ts';
import { checkNote, defaultsOf, fieldsOf, formOfOutcome, offeredCodes, switchCode, toOutcomeForm } from './outcome-form.ts';
import type { FormState, Stash } from './outcome-form.ts';
import { OutcomeFields } from './outcome-fields.tsx';

interface Props {
  screen: CaseScreen;
  /** What the outcome says now. */
  outcome: Outcome;
  /** `form` null annuls. */
  correct: (form: OutcomeForm | null, reason: string) => Promise<Result<unknown>>;
  onClose: () => void;
}

export function CorrectionForm({ screen, outcome, correct, onClose }: Props): ReactNode {
  const { t, locale, format } = useWords();
  const [way, setWay] = useState<'replace' | 'annul'>('replace');
  const [held, setHeld] = useState<{ form: FormState; stash: Stash }>(() => ({ form: formOfOutcome(outcome, locale), stash: {} }));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const { form } = held;
  const shown = way === 'annul' ? (['reason'] as const) : [...fieldsOf(form.code), 'reason' as const];
  const codes = form.code === null || offeredCodes.includes(form.code) ? offeredCodes : [form.code, ...offeredCodes];

  const save = async (): Promise<void> => {
    if (saving) return;
    const replacement = way === 'annul' ? null : toOutcomeForm(form);
    if (way === 'replace' && replacement === null) {
      setError(fail('code-missing', 'error.codeMissing', { field: 'code' }).error);
      return;
    }
    const tooLong = replacement === null ? null : checkNote(replacement.note);
    if (tooLong !== null) {
      setError(tooLong);
      return;
    }
    setSaving(true);
    const result = await correct(replacement, reason);
    setSaving(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    useNotice.getState().say(t(way === 'annul' ? 'status.annulled' : 'status.corrected', { name: screen.customer.name }));
    onClose();
  };
  const reasonError = errorOf(error, 'reason');
  return (
    <form className="inline-form" aria-label={t('correction.title')} onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <fieldset className="ways">
        <legend>{t('correction.title')}</legend>
        {(['replace', 'annul'] as const).map((entry) => (
          <label key={entry}>
            <input type="radio" name="correction-way" checked={way === entry} autoFocus={entry === 'replace'} onChange={() => { setWay(entry); setError(null); }} />
            {t(`correction.${entry}`)}
          </label>
        ))}
      </fieldset>
      {way === 'annul' ? null : (
        <>
          <Choice
            label={t('outcomeForm.title')} value={form.code ?? ''} options={codes.map((code) => ({ value: code, label: `${t(`outcome.${code}`)} · ${code}` }))}
            onChange={(code) => {
              const chosen = codes.find((entry) => entry === code);
              if (chosen !== undefined) setHeld(switchCode(held.form, held.stash, chosen, defaultsOf(chosen, screen)));
              setError(null);
            }}
          />
          <OutcomeFields
            screen={screen} form={form} error={error}
            onChange={(patch) => { setHeld({ ...held, form: { ...form, ...patch } }); setError(null); }}
          />
        </>
      )}
      <div data-field="reason">
        <Field label={t('correction.reason')} stacked error={reasonError === null ? null : errorSentence(reasonError, t, format)} hint={t('correction.reasonHint')}>
          {({ id, describedBy, invalid }) => (
            <InputBase
              id={id} fullWidth value={reason} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, maxLength: 500 }}
              onChange={(event) => { setReason(event.target.value); setError(null); }}
            />
          )}
        </Field>
      </div>
      {error !== null && isGeneral(error, shown) ? <p className="field-error" role="alert">{errorSentence(error, t, format)}</p> : null}
      <div className="inline-actions">
        <Button type="submit" className="primary" disabled={saving}>{t(way === 'annul' ? 'correction.saveAnnul' : 'correction.save')}</Button>
        <Button onClick={onClose}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
