/** A sheet that is published as a whole: its heading, what failed, the way back and Ctrl+Enter. One publication at a time. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError, Result } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';

interface Props {
  className: string;
  label: string;
  title: string;
  /** Which version stands now. */
  standing: string;
  publishLabel: string;
  /** Something was typed that is not published. */
  isTyped: boolean;
  onReset: () => void;
  /** Null when nothing was sent, because the form itself says what is wrong. */
  onPublish: () => Promise<Result<unknown> | null>;
  children: ReactNode;
}

export function PublishForm({ className, label, title, standing, publishLabel, isTyped, onReset, onPublish, children }: Props): ReactNode {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const publish = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const done = await onPublish();
    setSaving(false);
    if (done !== null) setError(done.ok ? null : done.error);
  };
  return (
    <form
      className={className} aria-label={label} aria-busy={saving}
      onSubmit={(event) => { event.preventDefault(); void publish(); }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void publish();
      }}
    >
      <header className="conduct-head">
        <h2>{title} <span className="dim">{standing}</span></h2>
        <span className="conduct-acts">
          {error === null ? null : <span className="field-error" role="alert">{errorSentence(error, t, format)}</span>}
          <Button disabled={!isTyped} onClick={() => { onReset(); setError(null); }}>{t('conduct.reset')}</Button>
          <Button type="submit" className="primary" disabled={saving}>{publishLabel} <KeyHint keys="Ctrl ↵" /></Button>
        </span>
      </header>
      {children}
    </form>
  );
}
