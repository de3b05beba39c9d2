/** An amount, date or moment as typed, and beside it what the desk understood. */
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import type { TypedEntry } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import type { Formatter } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';

const PAUSE_MS = 220;

interface Props {
  kind: TypedEntry['kind'] | 'past-date';
  label: string;
  text: string;
  currency: string;
  placeholder: string;
  hint?: string;
  error: AppError | null;
  onChange: (text: string) => void;
}

export function TypedField({ kind, label, text, currency, placeholder, hint, error, onChange }: Props): ReactNode {
  const { t, locale, format } = useWords();
  const asked = useDebounced(text.trim(), PAUSE_MS);
  const answer = useQuery('read-typed-entry', asked === '' ? null : { kind, text: asked, locale });
  const current = asked === text.trim() && asked !== '';
  const understood = current && answer.data !== null ? entryText(answer.data, currency, format) : null;
  const wrong = error ?? (current ? answer.error : null);
  return (
    <Field label={label} error={wrong === null ? null : errorSentence(wrong, t, format)} hint={understood === null && text === '' ? (hint ?? null) : null}>
      {({ id, describedBy, invalid }) => (
        <InputBase
          id={id} fullWidth value={text} placeholder={placeholder} error={invalid}
          inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', spellCheck: false, maxLength: 100 }}
          endAdornment={<span className="understood" aria-live="polite">{understood}</span>}
          onChange={(event) => { onChange(event.target.value); }}
        />
      )}
    </Field>
  );
}

function entryText(entry: TypedEntry, currency: string, format: Formatter): string {
  switch (entry.kind) {
    case 'money': return format.money(entry.amountCents, currency);
    case 'date': return format.date(entry.date);
    case 'moment': return format.moment(entry.at, entry.zone);
  }
}
