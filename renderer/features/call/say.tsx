/** What is said aloud; stressed words are bold, and nothing is ever read as markup. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { quoteParagraphs, splitStress } from './say-text.ts';

/** What fills more than some seven lines is written smaller, so that all of it and the answers stand on one screen. */
const LONG_CHARACTERS = 340;

export function Say({ paragraphs }: { paragraphs: readonly string[] }): ReactNode {
  const { locale } = useWords();
  return (
    <blockquote className={paragraphs.join('').length > LONG_CHARACTERS ? 'say say-long' : 'say'} aria-live="polite">
      {quoteParagraphs(paragraphs, locale).map((text, index) => (
        <p key={index}>
          {splitStress(text).map((piece, at) => (piece.stressed ? <b key={at}>{piece.text}</b> : <span key={at}>{piece.text}</span>))}
        </p>
      ))}
    </blockquote>
  );
}
