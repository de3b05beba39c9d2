/** A choice from a short list: the system's own select, quick by keyboard and read aloud well. */
import NativeSelect from '@mui/material/NativeSelect';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';

export interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** The words of the empty choice; without them there is none. */
  none?: string;
  error?: string | null;
  onChange: (value: string) => void;
}

export function Choice({ label, value, options, none, error = null, onChange }: ChoiceProps): ReactNode {
  return (
    <Field label={label} error={error}>
      {({ id, describedBy, invalid }) => (
        <NativeSelect
          fullWidth disableUnderline error={invalid} value={value}
          onChange={(event) => { onChange(event.target.value); }}
          inputProps={{ id, 'aria-describedby': describedBy, 'aria-invalid': invalid }}
        >
          {none === undefined ? null : <option value="">{none}</option>}
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </NativeSelect>
      )}
    </Field>
  );
}
