/**
 * Takes a rate period off that was entered by mistake: the next version is without it and says why.
 *
 * Invariants: only the last period can go, and not the only one: another would leave days between two periods without a rate, and a day without a
 * rate inside a computation refuses it. What was published before stays to be read; a figure that somebody agreed stands in its fact, as it was.
 */
import type { RatesEntity, RateTableId } from '../../shared/protocol/rates-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import type { Publisher } from './publish-conduct.ts';
import { changedMeanwhile } from './publish-conduct.ts';
import { addVersion, findRates, rateNeeded } from './publish-rates.ts';
import { lockRules } from './rule-entities.ts';

export async function withdrawRate(tx: Tx, by: Publisher, tableId: RateTableId, { from, reason }: { from: PlainDate; reason: string }): Promise<HubResult<RatesEntity>> {
  await lockRules(tx);
  const table = await findRates(tx, tableId);
  if (by.after !== null && by.after !== (table?.version ?? 0)) return changedMeanwhile(table?.version ?? 0);
  const row = table?.rows.find((one) => one.from === from);
  if (table === null || row === undefined) return refuse(404, 'unknown-rate', `Nothing was published for a period that begins on ${from}.`, { from });
  if (table.rows.length === 1 || row !== table.rows.at(-1)) return rateNeeded(row);
  return accept(await addVersion(tx, { tableId, version: table.version + 1, publishedAt: by.nowMs, rows: table.rows.slice(0, -1), withdrawn: { row, reason } }));
}
