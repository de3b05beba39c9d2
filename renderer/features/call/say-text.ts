/** Texts of a script on their way to the screen: stress as pieces, so that nothing is ever read as markup, and the language's quotation marks. */
import type { Locale } from '../../../shared/contract/contract.ts';

/** Splits `**…**` into pieces. */
export function splitStress(text: string): { text: string; stressed: boolean }[] {
  return text.split('**').map((piece, index) => ({ text: piece, stressed: index % 2 === 1 })).filter((piece) => piece.text !== '');
}

const quotes = { it: ['«', '»'], en: ['“', '”'] } as const;

/** Puts what is said aloud in the language's quotation marks, unless the script already has them. */
export function quoteParagraphs(paragraphs: readonly string[], locale: Locale): string[] {
  const [open, close] = quotes[locale];
  if (paragraphs[0]?.startsWith(open) === true) return [...paragraphs];
  return paragraphs.map((text, index) => `${index === 0 ? open : ''}${text}${index === paragraphs.length - 1 ? close : ''}`);
}
