/** Loading, empty and error, each with a sentence; nothing turns before 300 ms. */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../app/i18n.ts';
import { errorSentence } from '../app/sentences.ts';
import type { AppError } from '../../shared/result.ts';

const PATIENCE_MS = 300;

/** Nothing at first; a quiet line when the wait is long enough to be noticed. */
export function Loading(): ReactNode {
  const { t } = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setLate(true); }, PATIENCE_MS);
    return () => { clearTimeout(timer); };
  }, []);
  return <div className="state-view" role="status">{late ? <p className="dim">{t('state.loading')}</p> : null}</div>;
}

export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }): ReactNode {
  return (
    <div className="state-view">
      <p className="state-title">{title}</p>
      <p className="dim">{text}</p>
      {children}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: AppError; onRetry: () => void }): ReactNode {
  const { t, format } = useWords();
  return (
    <div className="state-view" role="alert">
      <p className="state-title">{errorSentence(error, t, format)}</p>
      <Button onClick={onRetry}>{t('state.retry')}</Button>
    </div>
  );
}
