/**
 * Publishes a rate table: the next version is in force at every desk as it hears of it.
 *
 * Invariants: rows follow each other day by day, and a refusal names the first that does not; no day that has a published rate loses it here: its
 * period is withdrawn with its reason (`withdraw-rate.ts`), except where it is the only one, which is corrected; each version is a row of `meta` that
 * nothing overwrites, so that it can be read for ever with which rates a figure was made.
 */
import type { z } from 'zod';
import { checkRateRows } from '../../shared/interest/rate-table.ts';
import type { RateRow } from '../../shared/interest/rate-table.ts';
import type { RatesEntity, RateTableId, ratesListSchema } from '../../shared/protocol/rates-protocol.ts';
import { ratesEntitySchema, rateTableIds } from '../../shared/protocol/rates-protocol.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import type { HubResult, Refusal } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import type { Publisher } from './publish-conduct.ts';
import { changedMeanwhile } from './publish-conduct.ts';
import { lockRules, ratesToEntity } from './rule-entities.ts';

const DIGITS = 6;
interface Refused { ok: false; refusal: Refusal }

export async function publishRates(tx: Tx, by: Publisher, tableId: RateTableId, rows: RateRow[]): Promise<HubResult<RatesEntity>> {
  const checked = checkRateRows(rows);
  if (!checked.ok) {
    const { row, field, expected } = checked.error.details as { row: number; field: string; expected: string | null };
    return refuse(400, 'rate-table-invalid', `Row ${String(row)} does not follow the one before, or ends before it begins.`, {
      field: `rows.${String(row - 1)}.${field}`, row, expected, messageKey: checked.error.messageKey,
    });
  }
  await lockRules(tx);
  const standing = await findRates(tx, tableId);
  const last = standing?.version ?? 0;
  if (by.after !== null && by.after !== last) return changedMeanwhile(last);
  const losing = standing === null ? null : findLosing(standing.rows, rows);
  if (losing !== null) return losing;
  return accept(await addVersion(tx, { tableId, version: last + 1, publishedAt: by.nowMs, rows }));
}

/** The refusal of rows that leave a day without a rate which has one now; null where none loses it. Both follow each other, so their ends tell. */
function findLosing(standing: readonly RateRow[], rows: readonly RateRow[]): Refused | null {
  const [first, last] = [standing[0], standing.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const { from, to } = last;
  const isShortened = (rows.at(-1)?.to ?? '') < to;
  if (isShortened) return refuse(409, 'rate-withdrawal-needed', `The period from ${from} to ${to} is published: it is withdrawn with its reason.`, { from, to });
  return (rows[0]?.from ?? '') > first.from ? rateNeeded(first) : null;
}

/** A period cannot go: nothing else covers its days. */
export function rateNeeded({ from, to }: RateRow): Refused {
  return refuse(409, 'rate-needed', `The period from ${from} is the only one for its time: without it there would be a hole. Publish the right rate instead.`, { from, to });
}

/** The next version, kept for ever, and on its way to every desk. Under the lock of the rules. */
export async function addVersion(tx: Tx, body: RatesEntity): Promise<RatesEntity> {
  await tx.insertInto('meta').values({ key: `${prefixOf(body.tableId)}${String(body.version).padStart(DIGITS, '0')}`, value: JSON.stringify(body) }).execute();
  await upsertEntity(tx, body.publishedAt, ratesToEntity(body));
  return body;
}

export async function listRates(tx: Tx): Promise<z.infer<typeof ratesListSchema>> {
  const found = [];
  for (const tableId of rateTableIds) found.push(await findRates(tx, tableId));
  return { tables: found.filter((table) => table !== null) };
}

/** The version in force, or null where nothing was published. */
export async function findRates(tx: Tx, tableId: RateTableId): Promise<RatesEntity | null> {
  const row = await tx.selectFrom('meta').select('value').where('key', 'like', `${prefixOf(tableId)}%`).orderBy('key', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : ratesEntitySchema.parse(JSON.parse(row.value));
}

function prefixOf(tableId: RateTableId): string {
  return `rates:${tableId}:`;
}
