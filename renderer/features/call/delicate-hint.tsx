/** A gentle word when a note wanders into health or into the affairs of others; it never stops anybody. */
import type { ReactNode } from 'react';
import { findDelicateWords } from '../../../shared/case/delicate-words.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';

const PAUSE_MS = 300;

export function DelicateHint({ text }: { text: string }): ReactNode {
  const { t } = useWords();
  const found = findDelicateWords(useDebounced(text, PAUSE_MS));
  return (
    <div role="status" className="delicate">
      {found.map(({ topic, word }) => <p key={topic} className="note note-warning">{t(`delicate.${topic}`, { word })}</p>)}
    </div>
  );
}
