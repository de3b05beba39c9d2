import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../time.ts';
import { ratesInForce, standardRates } from './standard-rates.ts';

const row = (from: string, to: string): (typeof standardRates)['legal']['rows'][number] => ({ from: from as PlainDate, to: to as PlainDate, basisPoints: 100, status: 'read', source: 'esempio' });

describe('the rates in force', () => {
  it('are the product’s own where nothing was published', () => {
    expect(ratesInForce([])).toEqual(standardRates);
  });

  it('are those published last, table by table', () => {
    const [first, second] = [[row('2026-01-01', '2026-12-31')], [row('2026-01-01', '2027-12-31')]];
    const rates = ratesInForce([{ tableId: 'it-legal', version: 2, rows: second }, { tableId: 'it-legal', version: 1, rows: first }]);
    expect(rates.legal).toEqual({ ...standardRates.legal, rows: second });
    expect(rates['late-payment']).toEqual(standardRates['late-payment']);
  });

  it('are never of a table with a hole', () => {
    expect(ratesInForce([{ tableId: 'it-legal', version: 1, rows: [row('2026-01-01', '2026-06-30'), row('2026-07-02', '2026-12-31')] }])).toEqual(standardRates);
  });
});
