/** What is said aloud; stressed words are bold, and nothing is ever read as markup. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { quoteParagraphs, splitStress } from './say-text.ts';

export function Say({ paragraphs }: { paragraphs: readonly string[] }): ReactNode {
  const { locale } = useWords();
  return (
    <blockquote className="say" aria-live="polite">
      {quoteParagraphs(paragraphs, locale).map((text) => (
        <p key={text}>
          {splitStress(text).map((piece, index) => (piece.stressed ? <b key={index}>{piece.text}</b> : <span key={index}>{piece.text}</span>))}
        </p>
      ))}
    </blockquote>
  );
}
