/**
 * The rate tables that the product brings along, each parsed here, once; and those in force, where an administrator published others.
 *
 * Invariant: what was published last of a table stands for all of it, or, where its rows do not follow each other, for none.
 */
import latePayment from '../../assets/rates/it-late-payment.json' with { type: 'json' };
import legal from '../../assets/rates/it-legal.json' with { type: 'json' };
import type { RatesEntity } from '../protocol/rates-protocol.ts';
import type { RateTable } from './rate-table.ts';
import { checkRateRows, readRateTable } from './rate-table.ts';

export type RateTables = Record<'legal' | 'late-payment', RateTable>;

function read(raw: unknown): RateTable {
  const table = readRateTable(raw);
  if (!table.ok) throw new Error(`${table.error.code} ${JSON.stringify(table.error.details)}`);
  return table.value;
}

export const standardRates: RateTables = { legal: read(legal), 'late-payment': read(latePayment) };

export function ratesInForce(published: readonly Pick<RatesEntity, 'tableId' | 'version' | 'rows'>[]): RateTables {
  const inForce = (standard: RateTable): RateTable => {
    const [newest] = published.filter(({ tableId, rows }) => tableId === standard.id && checkRateRows(rows).ok).sort((one, other) => other.version - one.version);
    return newest === undefined ? standard : { ...standard, rows: newest.rows };
  };
  return { legal: inForce(standardRates.legal), 'late-payment': inForce(standardRates['late-payment']) };
}
