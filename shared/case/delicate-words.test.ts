import { describe, expect, it } from 'vitest';
import { findDelicateWords } from './delicate-words.ts';

describe('findDelicateWords', () => {
  it.each([
    ['È malato da mesi, paga a fine mese', 'health', 'malato'],
    ['il medico  curante dice', 'health', 'medico  curante'],
    ['he was in Hospital', 'health', 'hospital'],
    ['ha risposto la moglie', 'third-party', 'moglie'],
    ['His wife will pay', 'third-party', 'wife'],
    ['in corso un DIVORZIO', 'third-party', 'divorzio'],
  ] as const)('finds in «%s» a matter of %s', (text, topic, word) => {
    expect(findDelicateWords(text)).toEqual([{ topic, word }]);
  });

  it('names one word of each topic', () => {
    expect(findDelicateWords('la figlia è incinta, il padre è in ospedale')).toEqual([
      { topic: 'health', word: 'incinta' }, { topic: 'third-party', word: 'figlia' },
    ]);
  });

  it.each([
    'paga con bonifico venerdì, ha chiesto le coordinate', 'still waiting for the bill, will call back', 'contestata la voce «fermo macchina»',
    'richiamare dopo le 15, la ditta è chiusa', 'la persona chiede una proforma', 'fattura intestata alla filiale', '',
  ])('is silent on what belongs in a note: «%s»', (text) => {
    expect(findDelicateWords(text)).toEqual([]);
  });
});
