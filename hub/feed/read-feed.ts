/**
 * One page of a person's feed (see `shared/protocol/feed-protocol.ts`).
 *
 * Invariants: the page is read in one snapshot of the store. A cursor counts only when the log holds its very
 * revision with its very tag; any other cursor (none, pruned, or of a history that a restored backup does not have)
 * gets a snapshot, one whole page unless the desk asked for pages. An entity is sent as it is now to whoever may see it now, and as
 * `remove` to whoever may no longer. The lease goes only with a page that leaves nothing outdated at the desk: the last one, or
 * the first that an empty desk gets, for that is as of now. A snapshot begins with the rules of the house, however new they are (its
 * cursor does not stand for them, so a snapshot in pages may bring them twice): no desk ever holds a case without them.
 */
import type { UserId } from '../../shared/id.ts';
import type { EntityKind, LeaseGrant } from '../../shared/protocol/feed-protocol.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import type { HubStore } from '../store/hub-store.ts';
import { newestRevision } from '../store/sequence-feed.ts';
import type { Tx } from '../store/tables.ts';
import type { Audience } from './audience.ts';
import { audiencesOf, parseAudiences } from './audience.ts';

export const PAGE_LIMIT = 500;
const CHUNK = 400;

/** The lines of one page, each a JSON text without its line end. */
export async function readFeed(
  store: HubStore, user: { userId: UserId; role: Role }, cursor: string, pageLimit = PAGE_LIMIT, lease: LeaseGrant | null = null, snapshotLimit: number | null = null,
): Promise<{ lines: string[]; mode: 'delta' | 'snapshot'; entityCount: number }> {
  await store.sequence();
  return store.read(async (tx) => {
    const audiences = audiencesOf(user);
    const from = await readRevision(tx, cursor);
    const mode = from === null ? 'snapshot' : 'delta';
    const newest = await newestRevision(tx);
    const limit = mode === 'delta' ? pageLimit : snapshotLimit;
    const changes = await lastChanges(tx, audiences, from ?? 0, limit === null ? null : limit + 1);
    const more = limit !== null && changes.length > limit;
    const counted = more ? changes.slice(0, limit) : changes;
    const page = mode === 'snapshot' ? await rulesFirst(tx, audiences, counted) : counted;
    // A whole snapshot says by itself what is gone; the cursor of a part of one stands for the removals up to it.
    const entityLines = await writeEntityLines(tx, page, audiences, mode === 'delta' || more);
    const reached = more ? (counted.at(-1)?.revision ?? newest) : newest;
    const end = { line: 'end', cursor: await cursorOf(tx, reached), more, ...(lease === null || (more && cursor !== '') ? {} : { lease }) };
    return { mode, entityCount: entityLines.length, lines: [JSON.stringify({ line: 'page', mode }), ...entityLines, JSON.stringify(end)] };
  });
}

/** The revision that a cursor names, or null when the log does not know it. */
export async function readRevision(tx: Tx, cursor: string): Promise<number | null> {
  const [revision, tag] = cursor.split(':');
  if (revision === undefined || tag === undefined || !Number.isSafeInteger(Number(revision))) return null;
  const row = await tx.selectFrom('feed_log').select('tag').where('revision', '=', Number(revision)).executeTakeFirst();
  return row?.tag === tag ? Number(revision) : null;
}

/** A hub that has sent nothing yet has no revision to name: the empty cursor. */
async function cursorOf(tx: Tx, revision: number): Promise<string> {
  if (revision === 0) return '';
  const row = await tx.selectFrom('feed_log').select('tag').where('revision', '=', revision).executeTakeFirstOrThrow();
  return `${String(revision)}:${row.tag}`;
}

interface Change { kind: string; entity_id: string; revision: number }

const ruleKinds: readonly EntityKind[] = ['conduct', 'calendar', 'script', 'certificate', 'workers-agreement', 'rates', 'priority'];

async function rulesFirst(tx: Tx, audiences: readonly Audience[], changes: readonly Change[]): Promise<Change[]> {
  const rules = await lastChanges(tx, audiences, 0, null, ruleKinds);
  return [...rules, ...changes.filter(({ kind }) => !ruleKinds.some((rule) => rule === kind))];
}

async function lastChanges(
  tx: Tx, audiences: readonly Audience[], after: number, limit: number | null, kinds: readonly EntityKind[] | null = null,
): Promise<Change[]> {
  const ofKinds = kinds === null ? tx.selectFrom('feed_log') : tx.selectFrom('feed_log').where('kind', 'in', kinds);
  const query = ofKinds
    .select(['kind', 'entity_id'])
    .select((eb) => eb.fn.max('revision').$castTo<number>().as('revision'))
    .where('audience', 'in', audiences)
    .where('revision', '>', after)
    .groupBy(['kind', 'entity_id'])
    .orderBy((eb) => eb.fn.max('revision'));
  return limit === null ? query.execute() : query.limit(limit).execute();
}

async function writeEntityLines(
  tx: Tx, changes: readonly Change[], audiences: readonly Audience[], withRemovals: boolean,
): Promise<string[]> {
  const lines: string[] = [];
  for (let start = 0; start < changes.length; start += CHUNK) {
    const chunk = changes.slice(start, start + CHUNK);
    const bodies = await readBodies(tx, chunk, audiences);
    for (const { kind, entity_id: id, revision } of chunk) {
      const body = bodies.get(`${kind} ${id}`);
      const head = { kind, id, revision };
      if (body !== undefined) lines.push(`${JSON.stringify({ line: 'upsert', ...head }).slice(0, -1)},"body":${body}}`);
      else if (withRemovals) lines.push(JSON.stringify({ line: 'remove', ...head }));
    }
  }
  return lines;
}

/** The present bodies of those entities that one of the audiences may see now. */
async function readBodies(tx: Tx, changes: readonly Change[], audiences: readonly Audience[]): Promise<Map<string, string>> {
  const idsByKind = new Map<string, string[]>();
  for (const change of changes) idsByKind.set(change.kind, [...(idsByKind.get(change.kind) ?? []), change.entity_id]);
  const bodies = new Map<string, string>();
  for (const [kind, ids] of idsByKind) {
    const rows = await tx.selectFrom('entities').selectAll().where('kind', '=', kind).where('id', 'in', ids).execute();
    for (const row of rows) {
      if (parseAudiences(row.audiences).some((audience) => audiences.includes(audience))) bodies.set(`${kind} ${row.id}`, row.body);
    }
  }
  return bodies;
}
