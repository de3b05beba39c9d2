/**
 * Takes a device's batch of facts (see `shared/protocol/push-protocol.ts`).
 *
 * Invariants: facts, effects and the device's last link stand in one transaction. What the hub holds already must be
 * the same link by hash, else the device has two histories: `fork`. A device belongs to the person who pushed first
 * and carries only that person's facts. A batch whose chain does not verify is refused whole; a fact is never
 * refused for a business reason. A fact id that comes again under another device (after a fork) is stored as a
 * link of that chain and has no second effect. Of a person who was erased only the link is stored, whatever comes.
 */
import { checkLink, contentOf } from '../../shared/facts/chain.ts';
import type { ChainedFact, Fact } from '../../shared/facts/fact-header.ts';
import { GENESIS_HASH } from '../../shared/facts/fact-header.ts';
import type { DeviceId, FactId, UserId } from '../../shared/id.ts';
import { findErasedFacts } from '../erasure/find-erased-facts.ts';
import type { PushReply } from '../../shared/protocol/push-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubResult, Refusal } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { InsertKind } from '../store/insert-rows.ts';
import { insertRows } from '../store/insert-rows.ts';
import { runKept } from '../store/kept-query.ts';
import type { FactContentTable, Tx } from '../store/tables.ts';
import { applyEffects } from './apply-effects.ts';
import { nodeSha256 } from './node-sha256.ts';

const putLinks: InsertKind<'facts'> = {
  table: 'facts', columns: ['device_id', 'seq', 'fact_id', 'hash', 'header', 'received_at'], suffix: '',
};
const putContent: InsertKind<'fact_content'> = {
  table: 'fact_content', columns: ['fact_id', 'device_id', 'seq', 'case_id', 'customer_id', 'body_hash', 'salt', 'body'],
  suffix: 'on conflict (fact_id) do nothing returning fact_id, seq',
};

interface PushContext { deviceId: DeviceId; actor: UserId; nowMs: number }

/** Thrown inside the transaction to take it back; answered as the refusal it carries. */
class RefusedPush extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export async function pushFacts(
  store: HubStore, clock: Clock, push: { deviceId: DeviceId; actor: UserId; facts: readonly ChainedFact[] },
): Promise<HubResult<PushReply>> {
  const { deviceId, actor, facts } = push;
  const fault = checkBatch(deviceId, actor, facts);
  if (fault !== null) return fault;
  try {
    return accept(await store.write((tx) => storeBatch(tx, { deviceId, actor, nowMs: clock.nowMs() }, facts)));
  } catch (error) {
    if (error instanceof RefusedPush) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** What is wrong with a batch by itself, before the hub's own links are looked at. */
function checkBatch(deviceId: DeviceId, actor: UserId, facts: readonly ChainedFact[]): { ok: false; refusal: Refusal } | null {
  const broken = (seq: number, reason: string): { ok: false; refusal: Refusal } =>
    refuse(400, 'chain-broken', 'The facts do not form a chain; nothing was stored.', { seq, reason });
  let before: { seq: number; hash: string } | null = null;
  for (const fact of facts) {
    const { header } = fact;
    if (header.deviceId !== deviceId) return broken(header.seq, 'foreign-device');
    if (header.actor !== actor) return refuse(403, 'foreign-actor', 'These facts are of another person.', { seq: header.seq });
    before ??= header.seq === 1 ? null : { seq: header.seq - 1, hash: header.prev };
    if (before === null && header.prev !== GENESIS_HASH) return broken(header.seq, 'prev-mismatch');
    const linkFault = checkLink(header, contentOf(fact), before, nodeSha256);
    if (linkFault !== null) return broken(header.seq, linkFault);
    before = { seq: header.seq, hash: header.hash };
  }
  return null;
}

async function storeBatch(tx: Tx, context: PushContext, facts: readonly ChainedFact[]): Promise<PushReply> {
  const first = facts[0];
  if (first === undefined) throw new Error('a push carries at least one fact');
  if (await goOn(tx, context, facts, first)) {
    await storeFresh(tx, context, facts);
    return storedUpTo(facts);
  }
  const device = await takeDevice(tx, context);
  const link = { lastSeq: device.last_seq, lastHash: device.last_hash };
  if (first.header.seq > device.last_seq + 1) return { status: 'gap', ...link };
  if (!(await overlapAgrees(tx, context.deviceId, facts, device.last_seq))) return { status: 'fork', ...link };

  const fresh = facts.filter((fact) => fact.header.seq > device.last_seq);
  if (fresh.length === 0) return { status: 'stored', ...link };
  await storeFresh(tx, context, fresh);
  const stored = storedUpTo(fresh);
  await tx
    .updateTable('devices').set({ last_seq: stored.lastSeq, last_hash: stored.lastHash })
    .where('device_id', '=', context.deviceId).execute();
  return stored;
}

function storedUpTo(facts: readonly ChainedFact[]): PushReply & { status: 'stored' } {
  const last = facts.at(-1);
  if (last === undefined) throw new Error('nothing was stored');
  return { status: 'stored', lastSeq: last.header.seq, lastHash: last.header.hash };
}

/**
 * The usual push hangs on the very last link the hub holds of this person's device: one statement finds that, locks
 * the row and moves it. False: anything else, and nothing was changed.
 */
async function goOn(tx: Tx, context: PushContext, facts: readonly ChainedFact[], first: ChainedFact): Promise<boolean> {
  if (first.header.seq === 1) return false;
  const { lastSeq, lastHash } = storedUpTo(facts);
  const before = { seq: first.header.seq - 1, hash: first.header.prev };
  const moved = await runKept(tx, 'go-on', [lastSeq, lastHash, context.deviceId, context.actor, before.seq, before.hash], () => tx
    .updateTable('devices').set({ last_seq: lastSeq, last_hash: lastHash })
    .where('device_id', '=', context.deviceId).where('user_id', '=', context.actor)
    .where('last_seq', '=', before.seq).where('last_hash', '=', before.hash)
    .returning('device_id'));
  return moved.length > 0;
}

/** Stores links and content, and what they change. */
async function storeFresh(tx: Tx, context: PushContext, fresh: readonly ChainedFact[]): Promise<void> {
  await insertRows(tx, putLinks, fresh.map(({ header }) => ({
    device_id: context.deviceId, seq: header.seq, fact_id: header.id, hash: header.hash, header: JSON.stringify(header),
    received_at: context.nowMs,
  })));
  const erased = await findErasedFacts(tx, fresh.map((fact) => fact.header));
  await applyEffects(tx, context, await storeContent(tx, fresh, erased));
}

/** The device's row, made at its first push and locked until the commit. */
async function takeDevice(tx: Tx, context: PushContext): Promise<{ last_seq: number; last_hash: string | null }> {
  const device = await tx
    .insertInto('devices')
    .values({ device_id: context.deviceId, user_id: context.actor, last_seq: 0, last_hash: null })
    .onConflict((oc) => oc.column('device_id').doUpdateSet((eb) => ({ device_id: eb.ref('excluded.device_id') })))
    .returning(['user_id', 'last_seq', 'last_hash'])
    .executeTakeFirstOrThrow();
  if (device.user_id !== context.actor) {
    throw new RefusedPush({ status: 403, code: 'foreign-device', message: 'This device belongs to another person.' });
  }
  return device;
}

/** Whether the links that both sides hold, and the one the batch hangs on, are the same. */
async function overlapAgrees(tx: Tx, deviceId: DeviceId, facts: readonly ChainedFact[], lastSeq: number): Promise<boolean> {
  const expected = new Map<number, string>();
  for (const { header } of facts) {
    if (header.seq > 1 && header.seq - 1 <= lastSeq) expected.set(header.seq - 1, header.prev);
    if (header.seq <= lastSeq) expected.set(header.seq, header.hash);
  }
  if (expected.size === 0) return true;
  const held = await tx
    .selectFrom('facts').select(['seq', 'hash']).where('device_id', '=', deviceId).where('seq', 'in', [...expected.keys()]).execute();
  return held.length === expected.size && held.every((row) => expected.get(row.seq) === row.hash);
}

/** Stores salt and body of the facts the hub did not know under any device; answers those that have an effect. */
async function storeContent(tx: Tx, facts: readonly ChainedFact[], erased: ReadonlySet<FactId>): Promise<Fact[]> {
  const stored = await insertRows<'fact_content', Pick<FactContentTable, 'fact_id' | 'seq'>>(tx, putContent, facts.map((fact) => {
    const { header } = fact;
    const kept = erased.has(header.id) ? null : contentOf(fact);
    return {
      fact_id: header.id, device_id: header.deviceId, seq: header.seq, case_id: header.caseId ?? null,
      customer_id: header.customerId ?? null, body_hash: header.bodyHash, salt: kept?.salt ?? null,
      body: kept === null ? null : JSON.stringify(kept.body),
    };
  }));
  const seqs = new Map(stored.map((row) => [row.fact_id, row.seq]));
  const repeats = facts.filter(({ header }) => seqs.get(header.id) !== header.seq);
  await checkRepeats(tx, repeats);
  const effective: Fact[] = [];
  for (const fact of facts) {
    const { header } = fact;
    const kept = erased.has(header.id) || seqs.get(header.id) !== header.seq ? null : contentOf(fact);
    if (kept !== null) effective.push({ header, ...kept });
  }
  return effective;
}

/** A fact id that the hub knows must stand for the same fact. */
async function checkRepeats(tx: Tx, repeats: readonly ChainedFact[]): Promise<void> {
  if (repeats.length === 0) return;
  const rows = await tx
    .selectFrom('fact_content').select(['fact_id', 'body_hash']).where('fact_id', 'in', repeats.map((fact) => fact.header.id)).execute();
  const known = new Map(rows.map((row) => [row.fact_id, row.body_hash]));
  const other = repeats.find(({ header }) => known.get(header.id) !== header.bodyHash);
  if (other === undefined) return;
  throw new RefusedPush({
    status: 400, code: 'fact-id-reused', message: 'A fact id stands for two different facts; nothing was stored.',
    details: { seq: other.header.seq },
  });
}
