/**
 * One decision with its reason: fields, errors beside them, saved by Enter. Nothing is decided by a slip of the hand.
 */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError, Result } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

interface Props<Said> {
  title: string;
  reasonLabel: string;
  reasonHint?: string;
  submitLabel: string;
  /** Said at the foot of the window once it is saved. */
  saved: string | ((said: Said) => string);
  decide: (reason: string) => Promise<Result<Said>>;
  onClose: () => void;
  /** The fields before the reason; they show the errors that are theirs. */
  /** Where no other heading stands above it but the page's own. */
  isUnderTitle?: boolean;
  children?: (errorOf: (field: string) => AppError | null) => ReactNode;
}

export function DecisionForm<Said>({ title, reasonLabel, reasonHint, submitLabel, saved, decide, onClose, isUnderTitle = false, children }: Props<Said>): ReactNode {
  const { t, format } = useWords();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  const errorOf = (field: string): AppError | null => (error?.details['field'] === field ? error : null);
  const elsewhere = error !== null && error.details['field'] === undefined ? error : null;
  const reasonError = errorOf('reason');
  const save = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const result = await decide(reason);
    setSaving(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    useNotice.getState().say(typeof saved === 'string' ? saved : saved(result.value));
    onClose();
  };
  return (
    <form
      ref={form} className="decision" aria-label={title}
      onSubmit={(event) => { event.preventDefault(); void save(); }}
      onChange={() => { setError(null); }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      {isUnderTitle ? <h2>{title}</h2> : <h3>{title}</h3>}
      {children?.(errorOf)}
      <Field label={reasonLabel} stacked error={reasonError === null ? null : errorSentence(reasonError, t, format)} hint={reasonHint ?? null}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} fullWidth value={reason} error={invalid}
            inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', maxLength: 500 }}
            onChange={(event) => { setReason(event.target.value); }}
          />
        )}
      </Field>
      {elsewhere === null ? null : <p className="field-error" role="alert">{errorSentence(elsewhere, t, format)}</p>}
      <div className="inline-actions">
        <Button type="submit" className="primary">{submitLabel} <KeyHint keys="↵" /></Button>
        <Button onClick={onClose}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
