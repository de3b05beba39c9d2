/** A form where its content will stand: Ctrl+Enter saves, Esc leaves, what is wrong stands beside its field or above the buttons. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';

interface Props {
  label: string;
  saveLabel: string;
  leaveLabel: string;
  saving: boolean;
  /** An error that belongs to no field. */
  problem: string | null;
  /** Rarer ways out, at the end of the buttons. */
  more?: ReactNode;
  children: ReactNode;
  onSave: () => void;
  onClose: () => void;
}

export function InlineForm({ label, saveLabel, leaveLabel, saving, problem, more = null, children, onSave, onClose }: Props): ReactNode {
  return (
    <form
      className="inline-form" aria-label={label} aria-busy={saving}
      onSubmit={(event) => { event.preventDefault(); onSave(); }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        // Within a sheet that is published by the same key, this form alone is meant.
        event.stopPropagation();
        onSave();
      }}
    >
      {children}
      {problem === null ? null : <p className="field-error" role="alert">{problem}</p>}
      <div className="inline-actions">
        <Button type="submit" className="primary" disabled={saving}>{saveLabel} <KeyHint keys="Ctrl ↵" /></Button>
        <Button onClick={onClose}>{leaveLabel} <KeyHint keys="Esc" /></Button>
        {more}
      </div>
    </form>
  );
}
