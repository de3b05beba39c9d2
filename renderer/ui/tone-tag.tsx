/** The tone of a case: word, shape and colour, never one of them alone. */
import type { ReactNode } from 'react';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import { useWords } from '../app/i18n.ts';

export type ToneMark = WorklistRow['tone'] | 'callback' | 'suspended' | 'settled';

const shapes: Record<ToneMark, ReactNode> = {
  courtesy: <path d="M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.2V6h3.8A3.8 3.8 0 1 1 6 2.2Z" fillRule="evenodd" />,
  reminder: <path d="M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.2v7.6a3.8 3.8 0 0 1 0-7.6Z" fillRule="evenodd" />,
  recovery: <circle cx="6" cy="6" r="5" />,
  callback: <path d="M6.2 1.5a4.5 4.5 0 1 1-4.4 5.6h1.3a3.3 3.3 0 1 0 .8-3L5.3 5.5H1.5V1.7L3 3.2a4.5 4.5 0 0 1 3.2-1.7Z" />,
  suspended: <path d="M6 .8 11.2 6 6 11.2.8 6 6 .8Zm0 1.8L2.6 6 6 9.4 9.4 6 6 2.6Z" fillRule="evenodd" />,
  settled: <path d="m4.7 9.6-3.3-3.3.9-.9 2.4 2.4 5-5 .9.9-5.9 5.9Z" />,
};

export function ToneTag({ mark }: { mark: ToneMark }): ReactNode {
  const { t } = useWords();
  return (
    <span className={`tag tag-${mark}`}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" fill="currentColor">{shapes[mark]}</svg>
      {t(`tone.${mark}`)}
    </span>
  );
}

/** Reasons for which somebody else decides when work goes on. */
const stopping = ['disputed', 'lead-decides', 'excluded', 'suspended', 'represented', 'do-not-call'];

/** What a row of the list is first of all. */
export function markOfRow(row: Pick<WorklistRow, 'tone' | 'reasons' | 'blocked'>): ToneMark {
  const first = row.reasons[0]?.key ?? '';
  if (first.startsWith('callback-')) return 'callback';
  if (first === 'settled') return 'settled';
  if (row.blocked !== null && stopping.includes(first)) return 'suspended';
  return row.tone;
}
