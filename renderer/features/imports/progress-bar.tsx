/** How far something is: a bar, read aloud as a percentage. */
import type { ReactNode } from 'react';

interface Props {
  label: string;
  done: number;
  total: number;
  /** Nothing moves for now. */
  waiting?: boolean;
}

export function ProgressBar({ label, done, total, waiting = false }: Props): ReactNode {
  const percent = total <= 0 ? 0 : Math.min(100, Math.floor((done * 100) / total));
  return (
    <progress className={waiting ? 'progress progress-waiting' : 'progress'} aria-label={label} max={100} value={percent}>
      {percent}
    </progress>
  );
}
