/** A gentle word when a note wanders into health or into the affairs of others; it never stops anybody. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { findDelicateWords } from '../../../shared/case/delicate-words.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';

const PAUSE_MS = 300;

export function DelicateHint({ text }: { text: string }): ReactNode {
  const { t } = useWords();
  const found = findDelicateWords(useDebounced(text, PAUSE_MS));
  const place = useRef<HTMLDivElement>(null);
  const isShown = found.length > 0;
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  return (
    <div ref={place} role="status" className="delicate">
      {found.map(({ topic, word }) => <p key={topic} className="note note-warning">{t(`delicate.${topic}`, { word })}</p>)}
    </div>
  );
}
