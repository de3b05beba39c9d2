/**
 * The suite can fail: each way of breaking the rig is caught by some schedule.
 *
 * Invariant: the product's code stays as it is; what is broken is what stands around it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyFeedPage } from '../../electron/desk/sync/apply-feed-page.ts';
import { readFeedBody } from '../../electron/desk/sync/feed-page.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { applyEffects } from '../../hub/facts/apply-effects.ts';
import { reassignCustomer } from '../../hub/receivables/reassign-customer.ts';
import { factSchema } from '../../shared/facts/fact-header.ts';
import { offsetsReplySchema } from '../../shared/protocol/attachment-protocol.ts';
import { deviceLinkSchema, pushReplySchema, pushRequestSchema } from '../../shared/protocol/push-protocol.ts';
import type { DeviceLink, PushRequest } from '../../shared/protocol/push-protocol.ts';
import { prepareSqlite } from './hub-rig.ts';
import type { Ground } from './run-schedules.ts';
import { findCounterexample, prepareGround } from './run-schedules.ts';
import type { Seams } from './seams.ts';
import { soundSeams } from './seams.ts';
import type { WireAnswer, WireRequest } from './wire.ts';
import { isPush } from './wire.ts';

/** Many more than the rarest mutation needs. */
const MOST_RUNS = 400;

const isLink = (request: WireRequest): boolean => request.method === 'GET' && request.path.startsWith('/v1/devices/');
const pushed = (request: WireRequest & { body: string }): PushRequest['facts'] => pushRequestSchema.parse(JSON.parse(request.body)).facts;
const said = (answer: WireAnswer, value: unknown): WireAnswer => ({ ...answer, status: 200, payload: Buffer.from(JSON.stringify(value)) });

/** What the hub would say had it stored the whole push. */
function allStored(request: WireRequest & { body: string }, answer: WireAnswer): WireAnswer {
  const last = pushed(request).at(-1)?.header;
  return said(answer, { status: 'stored', lastSeq: last?.seq, lastHash: last?.hash });
}

const mutations: Record<string, () => Partial<Seams>> = {
  'the hub takes a fact that comes again for a new one': () => ({
    afterPush: async (hub, facts, known) => {
      const again = facts.flatMap((fact) => (known.has(fact.header.id) && fact.salt !== null ? [factSchema.parse(fact)] : []));
      const [first] = again;
      if (first !== undefined) await hub.write((tx) => applyEffects(tx, { actor: first.header.actor, nowMs: 0 }, again));
    },
  }),
  'the hub says "stored" of facts it did not store': () => {
    let asked: (WireRequest & { body: string }) | null = null;
    return {
      ask: (request) => {
        if (!isPush(request)) return Promise.resolve(request);
        asked = request;
        return Promise.resolve({ ...request, body: JSON.stringify({ facts: pushed(request).slice(0, 1) }) });
      },
      answer: (request, answer) => (isPush(request) && answer.status === 200 && asked !== null ? allStored(asked, answer) : answer),
    };
  },
  'the desk advances its cursor without applying the first change': () => ({
    applyPage: (db, page, context) => applyFeedPage(db, { ...page, changes: page.changes.slice(1) }, context),
  }),
  'the desk keeps what the feed removes': () => ({
    applyPage: (db, page, context) => applyFeedPage(db, { ...page, changes: page.changes.filter((change) => change.line !== 'remove') }, context),
  }),
  'the desk takes a snapshot for a page of changes': () => ({
    applyPage: (db, page, context) => applyFeedPage(db, { ...page, mode: 'delta' }, context),
  }),
  'the desk acknowledges before it commits': () => ({
    runCommand: (db, run) => {
      if (!db.inTransaction) db.exec('BEGIN');
      return run();
    },
    beforeSync: (db) => {
      if (db.inTransaction) db.exec('COMMIT');
    },
  }),
  'a fork is ignored': () => ({
    answer: (request, answer) => {
      if (isPush(request)) return answer.status === 409 && answer.payload.includes('"fork"') ? allStored(request, answer) : answer;
      return isLink(request) ? said(answer, { lastSeq: 0, lastHash: null }) : answer;
    },
  }),
  'the desk does not notice that a restored hub has less': () => {
    const most = new Map<string, DeviceLink>();
    return {
      answer: (request, answer) => {
        const device = /devices\/([^/]+)/.exec(request.path)?.[1];
        if (device === undefined || answer.status !== 200) return answer;
        const schema = isPush(request) ? pushReplySchema : deviceLinkSchema;
        const link = schema.parse(JSON.parse(answer.payload.toString('utf8')));
        const before = most.get(device);
        if (before === undefined || before.lastSeq < link.lastSeq) most.set(device, { lastSeq: link.lastSeq, lastHash: link.lastHash });
        return isPush(request) ? answer : said(answer, most.get(device));
      },
    };
  },
  'a cursor is a number without its tag': () => ({
    ask: async (request, hub) => {
      const revision = /cursor=(\d+)/.exec(request.path)?.[1];
      if (revision === undefined) return request;
      const row = await hub.read((tx) => tx.selectFrom('feed_log').select('tag').where('revision', '=', Number(revision)).executeTakeFirst());
      return row === undefined ? request : { ...request, path: `/v1/feed?cursor=${revision}:${row.tag}` };
    },
  }),
  'the hub gives a customer to the next while a desk may still be working': () => ({
    reassign: async (hub, clock, change) => {
      const done = await reassignCustomer(hub, clock, change);
      await hub.write((tx) => tx.updateTable('assignments').set({ release_at: 0 }).where('release_at', 'is not', null).execute());
      return done;
    },
  }),
  'the desk takes its lease for longer than it was given': () => ({
    applyPage: (db, page, context) => applyFeedPage(
      db, page.lease === null ? page : { ...page, lease: { ...page.lease, endsAtMs: page.lease.endsAtMs + 100 * 3_600_000 } }, context,
    ),
  }),
  'the list is not placed again when a case changes': () => ({
    applyPage: (db, page, context) => {
      const rows = readList(db);
      const changes = applyFeedPage(db, page, context);
      for (const row of rows) db.prepare('UPDATE case_list SET last_outcome_at = ?, sort_key = ?, available_from = ? WHERE case_id = ?').run(row.last_outcome_at, row.sort_key, row.available_from, row.case_id);
      return changes;
    },
  }),
  'a hub that was restored does not replay its ledger of erasures': () => ({ replay: () => Promise.resolve() }),
  'the desk does not hear of an erasure': () => ({
    applyPage: (db, page, context) => applyFeedPage(db, { ...page, changes: page.changes.filter((change) => change.kind !== 'erasure') }, context),
  }),
  'the hub says "stored" of a file whose last chunk never came': () => ({
    answer: (request, answer) => {
      if (!request.path.startsWith('/v1/attachments/offsets') || answer.status !== 200) return answer;
      const { uploads } = offsetsReplySchema.parse(JSON.parse(answer.payload.toString('utf8')));
      return said(answer, { uploads: uploads.map((upload) => (upload.status === 'waiting' ? { ...upload, status: 'stored' } : upload)) });
    },
  }),
  'what only a later version understands is left out on the way': () => ({
    applyPage: (db, page, context) => applyFeedPage(db, {
      ...page,
      changes: page.changes.map((change) => {
        if (change.line !== 'upsert' || change.kind !== 'case') return change;
        const { body } = readFeedBody(change);
        if (!Array.isArray(body['facts'])) return change;
        return { ...change, bodyText: JSON.stringify({ ...body, facts: body['facts'].filter((fact) => !JSON.stringify(fact).includes('visit-planned')) }) };
      }),
    }, context),
  }),
};

function readList(db: Sqlite): { case_id: string; last_outcome_at: number | null; sort_key: number; available_from: number | null }[] {
  return db.prepare<[], { case_id: string; last_outcome_at: number | null; sort_key: number; available_from: number | null }>('SELECT * FROM case_list').all();
}

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround(prepareSqlite);
});
afterAll(() => ground.uproot());

it.each(Object.entries(mutations))('catches it when %s', async (name, mutate) => {
  const found = await findCounterexample(ground, { ...soundSeams, ...mutate() }, MOST_RUNS);
  expect(found, `no schedule of ${String(MOST_RUNS)} noticed that ${name}`).not.toBeNull();
  process.stdout.write(`property: "${name}" is caught by schedule ${String(found?.runs)}: ${found?.problem ?? ''}\n`);
});
