/**
 * Saving a small form: once, with the error beside its field, closed only when the desk has it.
 *
 * Invariant: a refusal is said: in the form, or, where the form was left before the answer came, in the line at the foot.
 */
import { useEffect, useRef, useState } from 'react';
import type { AppError, Result } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';

export interface InlineSave {
  saving: boolean;
  error: AppError | null;
  /** The sentence of one field's error, or null. */
  errorOf: (field: string) => string | null;
  /** The sentence of an error that none of these fields carries, or null. */
  generalError: (fields: readonly string[]) => string | null;
  clearError: () => void;
  fail: (error: AppError) => void;
  /** Sends; says `said` and closes when it is on the disk. */
  save: (send: () => Promise<Result<unknown>>, said: string) => Promise<void>;
}

export function useInlineSave(onClose: () => void): InlineSave {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => { isOpen.current = false; };
  }, []);
  const field = error?.details['field'];
  const sentence = error === null ? null : errorSentence(error, t, format);
  return {
    saving, error,
    errorOf: (name) => (field === name ? sentence : null),
    generalError: (fields) => (fields.some((name) => name === field) ? null : sentence),
    clearError: () => { setError(null); },
    fail: setError,
    save: async (send, said) => {
      if (saving) return;
      setSaving(true);
      const result = await send();
      setSaving(false);
      if (!result.ok) {
        if (isOpen.current) setError(result.error);
        else useNotice.getState().warn(errorSentence(result.error, t, format));
        return;
      }
      useNotice.getState().say(said);
      onClose();
    },
  };
}
