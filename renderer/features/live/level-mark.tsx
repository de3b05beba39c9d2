/** A level: shape and word beside the figure, so that colour is never alone. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { Level } from './board-levels.ts';

const shapes: Record<Exclude<Level, 'none'>, ReactNode> = {
  good: <path d="m4.7 9.6-3.3-3.3.9-.9 2.4 2.4 5-5 .9.9-5.9 5.9Z" />,
  watch: <path d="M6 1 11.5 11h-11L6 1Zm-.6 3.6v3.2h1.2V4.6H5.4Zm0 4v1.2h1.2V8.6H5.4Z" fillRule="evenodd" />,
  bad: <path d="M3.6 1h4.8L11 3.6v4.8L8.4 11H3.6L1 8.4V3.6L3.6 1Zm1.8 2v3.6h1.2V3H5.4Zm0 4.6V9h1.2V7.6H5.4Z" fillRule="evenodd" />,
};

/** @param isShort the word for a screen reader only: the column says what it is about */
export function LevelMark({ level, isShort = false }: { level: Level; isShort?: boolean }): ReactNode {
  const { t } = useWords();
  if (level === 'none') return null;
  return (
    <span className={`level level-${level}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" fill="currentColor">{shapes[level]}</svg>
      <span className={isShort ? 'visually-hidden' : ''}>{t(`live.level.${level}`)}</span>
    </span>
  );
}
