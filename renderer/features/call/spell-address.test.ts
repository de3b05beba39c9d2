import { expect, it } from 'vitest';
import { spellAddress } from './spell-address.ts';

it('says each letter, and the signs by their names', () => {
  expect(spellAddress(' Mario.Rossi_2@posta-pa.it', 'it')).toBe('m a r i o punto r o s s i trattino basso 2 chiocciola p o s t a trattino p a punto i t');
  expect(spellAddress('a+b@c.example', 'en')).toBe('a plus b at c dot e x a m p l e');
});
