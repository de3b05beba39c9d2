/** A labelled field with what was understood and what is wrong standing beside it. */
import FormHelperText from '@mui/material/FormHelperText';
import { useId } from 'react';
import type { ReactNode } from 'react';

export interface FieldProps {
  label: string;
  error?: string | null;
  hint?: string | null;
  stacked?: boolean;
  /** Given where something else must find the field; else made up. */
  id?: string;
  children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
}

export function Field({ label, error = null, hint = null, stacked = false, id: givenId, children }: FieldProps): ReactNode {
  const ownId = useId();
  const id = givenId ?? ownId;
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={stacked ? 'field field-stacked' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <div className="field-body">
        {children({ id, describedBy: note === null ? undefined : noteId, invalid: error !== null })}
        {note === null ? null : (
          <FormHelperText id={noteId} component="p" className={error === null ? 'field-hint' : 'field-error'} role={error === null ? undefined : 'alert'}>
            {note}
          </FormHelperText>
        )}
      </div>
    </div>
  );
}
