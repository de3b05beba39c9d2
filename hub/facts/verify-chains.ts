/**
 * Recomputes every chain of the hub, body hashes included.
 *
 * Invariant: what is proven is that nothing is missing between a device's first link and its last, that no header
 * was altered, and that no body was altered; an erased body is no fault, a missing content row is one.
 */
import { z } from 'zod';
import { checkLink } from '../../shared/facts/chain.ts';
import { factHeaderSchema } from '../../shared/facts/fact-header.ts';
import type { DeviceId } from '../../shared/id.ts';
import { deviceIdSchema } from '../../shared/id.ts';
import type { JsonObject } from '../../shared/json-object.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { nodeSha256 } from './node-sha256.ts';

const faultSchema = z.enum([
  'gap', 'prev-mismatch', 'hash-mismatch', 'body-mismatch', 'unreadable', 'row-mismatch', 'content-missing', 'last-link-mismatch',
]);
type Fault = z.infer<typeof faultSchema>;

export const verifyReportSchema = z.object({
  ok: z.boolean(),
  devices: z.int(),
  /** Links, repeats after a fork included. */
  links: z.int(),
  /** Facts, each once. */
  facts: z.int(),
  erased: z.int(),
  /** Facts without content though no erasure is on record: a lost ledger, or a hand in the database. */
  unexplained: z.int(),
  broken: z.array(z.object({ deviceId: deviceIdSchema, seq: z.int(), fault: faultSchema })),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

const BATCH = 500;

export async function verifyChains(store: HubStore): Promise<VerifyReport> {
  return store.read(async (tx) => {
    const devices = await tx.selectFrom('devices').selectAll().orderBy('device_id').execute();
    const broken: VerifyReport['broken'] = [];
    let links = 0;
    for (const device of devices) {
      const walked = await walkChain(tx, device.device_id, broken);
      links += walked.links;
      if (walked.last.seq !== device.last_seq || walked.last.hash !== device.last_hash) {
        broken.push({ deviceId: device.device_id, seq: walked.last.seq, fault: 'last-link-mismatch' });
      }
    }
    const count = await tx
      .selectFrom('fact_content')
      .select((eb) => [eb.fn.countAll<number>().as('facts'), eb.fn.count<number>('body').as('bodies')])
      .executeTakeFirstOrThrow();
    return { ok: broken.length === 0, devices: devices.length, links, facts: count.facts, erased: count.facts - count.bodies, unexplained: await countUnexplained(tx), broken };
  });
}

async function countUnexplained(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('fact_content')
    .leftJoin('erased_cases', 'erased_cases.case_id', 'fact_content.case_id')
    .leftJoin('erasures', 'erasures.customer_id', 'fact_content.customer_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('fact_content.body', 'is', null)
    .where('erased_cases.case_id', 'is', null)
    .where((eb) => eb.or([eb('fact_content.case_id', 'is not', null), eb('erasures.customer_id', 'is', null)]))
    .executeTakeFirstOrThrow();
  return row.count;
}

interface Link { seq: number; hash: string | null }

async function walkChain(tx: Tx, deviceId: DeviceId, broken: VerifyReport['broken']): Promise<{ links: number; last: Link }> {
  let links = 0;
  let last: Link = { seq: 0, hash: null };
  for (;;) {
    const rows = await tx
      .selectFrom('facts')
      .leftJoin('fact_content', 'fact_content.fact_id', 'facts.fact_id')
      .select(['facts.seq', 'facts.fact_id', 'facts.hash', 'facts.header', 'fact_content.salt', 'fact_content.body', 'fact_content.body_hash'])
      .where('facts.device_id', '=', deviceId)
      .where('facts.seq', '>', last.seq)
      .orderBy('facts.seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const fault = checkRow(row, deviceId, last);
      if (fault !== null) broken.push({ deviceId, seq: row.seq, fault });
      last = { seq: row.seq, hash: row.hash };
      links += 1;
    }
    if (rows.length < BATCH) return { links, last };
  }
}

interface LinkRow {
  seq: number; fact_id: string; hash: string; header: string; salt: string | null; body: string | null; body_hash: string | null;
}

function checkRow(row: LinkRow, deviceId: DeviceId, before: Link): Fault | null {
  const header = factHeaderSchema.safeParse(readJson(row.header));
  if (!header.success) return 'unreadable';
  const { data } = header;
  if (data.deviceId !== deviceId || data.seq !== row.seq || data.id !== row.fact_id || data.hash !== row.hash) return 'row-mismatch';
  if (row.body_hash === null) return 'content-missing';
  if (row.body_hash !== data.bodyHash) return 'body-mismatch';
  const content = readContent(row);
  if (content === 'unreadable') return 'unreadable';
  return checkLink(data, content, before.hash === null ? null : { seq: before.seq, hash: before.hash }, nodeSha256);
}

function readContent(row: LinkRow): { salt: string; body: JsonObject } | null | 'unreadable' {
  if (row.salt === null && row.body === null) return null;
  if (row.salt === null || row.body === null) return 'unreadable';
  const body = jsonObjectSchema.safeParse(readJson(row.body));
  return body.success ? { salt: row.salt, body: body.data } : 'unreadable';
}

/** JSON text that may have been tampered with; `undefined` fits no schema. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
