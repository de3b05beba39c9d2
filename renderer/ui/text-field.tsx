/** One line of text with its label, its hint and its error beside it. */
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';

interface Props {
  label: string;
  value: string;
  type?: 'text' | 'date';
  placeholder?: string;
  error: string | null;
  hint?: string | null;
  stacked?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  onChange: (text: string) => void;
}

export function TextField({ label, value, type = 'text', placeholder = '', error, hint = null, stacked = false, autoFocus = false, maxLength = 300, onChange }: Props): ReactNode {
  return (
    <Field label={label} error={error} hint={hint} stacked={stacked}>
      {({ id, describedBy, invalid }) => (
        <InputBase
          id={id} fullWidth type={type} value={value} placeholder={placeholder} error={invalid} autoFocus={autoFocus}
          inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', maxLength }}
          onChange={(event) => { onChange(event.target.value); }}
        />
      )}
    </Field>
  );
}
