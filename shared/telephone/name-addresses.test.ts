import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNameAddresses } from './name-addresses.ts';

describe('names and addresses of a header', () => {
  it.each([
    ['"Mario Rossi" <sip:+390612345678@x>', [{ name: 'Mario Rossi', uri: 'sip:+390612345678@x' }]],
    ['Mario <sip:1@x>;tag=2', [{ name: 'Mario', uri: 'sip:1@x' }]],
    ['sip:1@x;tag=2', [{ name: '', uri: 'sip:1@x' }]],
    ['<sip:1@x>, "Rossi, Mario" <tel:+39061>', [{ name: '', uri: 'sip:1@x' }, { name: 'Rossi, Mario', uri: 'tel:+39061' }]],
    ['"a \\"b\\" \\\\ <c>" <sip:1@x>', [{ name: 'a "b" \\ <c>', uri: 'sip:1@x' }]],
    ['', []],
    ['"unbalanced <sip:1@x>', []],
    [',,;;<', []],
  ])('%j', (header, read) => {
    expect(readNameAddresses(header)).toEqual(read);
  });

  it('never throw, and are few', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(readNameAddresses(`"${text}" <sip:${text}@x>, ${text}`).length).toBeLessThanOrEqual(8);
    }));
    expect(readNameAddresses('<sip:1@x>,'.repeat(5_000))).toHaveLength(8);
  });
});
