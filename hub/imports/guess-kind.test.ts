import { describe, expect, it } from 'vitest';
import { guessKind } from './guess-kind.ts';

describe('guessKind', () => {
  it.each([
    ['Condominio Via dei Tigli 12', null, 'condominium'], ['Cond. Aurora', null, 'condominium'], ['Edil Basento S.r.l.', null, 'company'], ['Ottica Lanzillotti s.n.c.', null, 'company'],
    ['Officine Meccaniche Fratelli Quattordicivalli di Quattordicivalli Giovanni & C. s.n.c.', '01234567890', 'company'], ['Hofmann Transporte GmbH', null, 'company'],
    ['Cantina Sociale soc. coop. agricola', null, 'company'], ['Comune di Brienza', null, 'public-body'], ['ROSSI SPA', null, 'company'],
    ['Falegnameria Del Gaudio di Del Gaudio Antonio', '01234567890', 'sole-trader'], ['Petrosino Carmela', 'PTRCML80A41G942X', 'person'],
    ['Di Lorenzo Anna Maria', 'DLRNMR80A41G942X', 'person'], ['Panificio San Gerardo', '01234567890', 'person'], [null, null, 'person'],
  ] as const)('%s (%s) is a %s', (name, taxCode, kind) => {
    expect(guessKind(name, taxCode)).toBe(kind);
  });
});
