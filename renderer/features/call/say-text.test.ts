import { describe, expect, it } from 'vitest';
import { quoteParagraphs, splitStress } from './say-text.ts';

describe('what is said', () => {
  it('splits what is stressed', () => {
    expect(splitStress('la fattura di **cento euro** scade')).toEqual([
      { text: 'la fattura di ', stressed: false }, { text: 'cento euro', stressed: true }, { text: ' scade', stressed: false },
    ]);
  });

  it('quotes the whole, once', () => {
    expect(quoteParagraphs(['uno', 'due'], 'it')).toEqual(['«uno', 'due»']);
    expect(quoteParagraphs(['one'], 'en')).toEqual(['“one”']);
    expect(quoteParagraphs(['«uno»'], 'it')).toEqual(['«uno»']);
  });
});
