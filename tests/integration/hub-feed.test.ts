/** Feed and live: deltas, snapshots, restored backups, cut pages, compression, reassignment. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import { liveEventSchema } from '../../shared/protocol/feed-protocol.ts';
import { readFeed } from '../../hub/feed/read-feed.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, pullPage, request, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let hub: TestHub;
let anna: SignedIn;
let bruno: SignedIn;

beforeEach(async () => {
  hub = await startTestHub();
  anna = await addAndSignIn(hub, 'anna', 'collector');
  bruno = await addAndSignIn(hub, 'bruno', 'collector');
});

afterEach(async () => {
  await hub.discard();
});

const kinds = (page: Awaited<ReturnType<typeof pullPage>>): string[] => page.entities.map((entity) => `${entity.line} ${entity.kind}`).sort();

describe('the feed', () => {
  it('begins with a snapshot, goes on with what changed, and is empty when nothing did', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    await plantCase(hub.store, bruno.userId);
    const first = await pullPage(anna, '');
    expect(first.mode).toBe('snapshot');
    expect(kinds(first)).toEqual(['upsert case']);
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'outcome-recorded', noAnswer());
    device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    const second = await pullPage(anna, first.cursor);
    expect([second.mode, second.more]).toEqual(['delta', false]);
    expect(kinds(second)).toEqual(['upsert case']);
    const third = await pullPage(anna, second.cursor);
    expect([third.mode, third.entities, third.cursor]).toEqual(['delta', [], second.cursor]);
  });

  it('sends each entity once per page, as it is now, and says when there is more', async () => {
    const cases: Awaited<ReturnType<typeof plantCase>>[] = [];
    for (let count = 0; count < 7; count += 1) cases.push(await plantCase(hub.store, anna.userId));
    const start = await pullPage(bruno, '');
    const device = new TestDevice(anna.userId);
    for (const { caseId } of [...cases, ...cases]) device.add(caseId, 'outcome-recorded', noAnswer());
    for (const fact of device.facts) await device.push(anna, [fact]);
    const seen: string[] = [];
    let cursor = start.cursor;
    for (;;) {
      const page = await readFeed(hub.store, { userId: anna.userId, role: 'collector' }, cursor, 3);
      const lines = page.lines.map((line): { line: string; id?: string; cursor?: string; more?: boolean } => JSON.parse(line));
      seen.push(...lines.flatMap((line) => line.id ?? []));
      cursor = lines.at(-1)?.cursor ?? '';
      expect(page.entityCount).toBeLessThanOrEqual(3);
      if (lines.at(-1)?.more !== true) break;
    }
    expect(seen.sort()).toEqual(cases.map((planted): string => planted.caseId).sort());
  });

  it('gives a snapshot in pages to who asks, skips nothing that changes meanwhile, and the whole one to who does not', async () => {
    const cases: Awaited<ReturnType<typeof plantCase>>[] = [];
    for (let count = 0; count < 7; count += 1) cases.push(await plantCase(hub.store, anna.userId));
    const user = { userId: anna.userId, role: 'collector' as const };
    const lease = { lifeMs: 1 };
    type Line = { line: string; mode?: string; id?: string; cursor?: string; more?: boolean; lease?: unknown };
    const read = async (cursor: string): Promise<Line[]> =>
      (await readFeed(hub.store, user, cursor, 3, lease, 3)).lines.map((line): Line => JSON.parse(line));
    const first = await read('');
    expect(first.at(0)?.mode).toBe('snapshot');
    // An empty desk may begin with its first page; a desk that held another history only after the last.
    expect(first.at(-1)).toMatchObject({ more: true, lease });
    const restored = await read('999999:0123456789abcdef');
    expect([restored.at(0)?.mode, restored.at(-1)?.more, restored.at(-1)?.lease]).toEqual(['snapshot', true, undefined]);

    const touched = first.find((line) => line.line === 'upsert')?.id;
    const changed = cases.find((planted) => planted.caseId === touched);
    if (changed === undefined) throw new Error('the first page holds no case');
    const device = new TestDevice(anna.userId);
    device.add(changed.caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    const seen = first.flatMap((line) => line.id ?? []);
    let cursor = first.at(-1)?.cursor ?? '';
    for (let more = true; more;) {
      const page = await read(cursor);
      expect(page.at(0)?.mode).toBe('delta');
      seen.push(...page.flatMap((line) => line.id ?? []));
      cursor = page.at(-1)?.cursor ?? '';
      more = page.at(-1)?.more === true;
    }
    expect(seen.filter((id) => cases.some((planted) => planted.caseId === id)).sort())
      .toEqual([...cases.map((planted): string => planted.caseId), changed.caseId].sort());

    const whole = await pullPage(anna, '');
    expect([whole.mode, whole.more]).toEqual(['snapshot', false]);
    expect(whole.entities.filter((entity) => entity.kind === 'case')).toHaveLength(7);
  });

  it.each(['999999:0123456789abcdef', '1:0123456789abcdef'])('answers the cursor %s, which it never gave, with a snapshot', async (cursor) => {
    await plantCase(hub.store, anna.userId);
    const page = await pullPage(anna, cursor);
    expect(page.mode).toBe('snapshot');
    expect(page.entities).toHaveLength(1);
  });

  it('refuses what is no cursor', async () => {
    expect((await anna.call('GET', '/v1/feed?cursor=abc')).status).toBe(400);
  });

  it('after a restored backup answers a newer cursor with a snapshot, even when the number is reached again', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const backup = mkdtempSync(join(tmpdir(), 'premura-backup-'));
    await hub.stop();
    cpSync(hub.dataDir, backup, { recursive: true });
    hub = await startTestHub({ dataDir: hub.dataDir });
    anna = await signInOver(hub, 'anna');
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    const ahead = await pullPage(anna, '');
    await hub.stop();
    rmSync(hub.dataDir, { recursive: true });
    cpSync(backup, hub.dataDir, { recursive: true });
    rmSync(backup, { recursive: true });

    hub = await startTestHub({ dataDir: hub.dataDir });
    anna = await signInOver(hub, 'anna');
    for (let count = 0; count < 5; count += 1) await plantCase(hub.store, anna.userId);
    const newest = await hub.store.sequence();
    expect(newest).toBeGreaterThanOrEqual(Number(ahead.cursor.split(':')[0]));
    const page = await pullPage(anna, ahead.cursor);
    expect(page.mode).toBe('snapshot');
    expect(page.entities.filter((entity) => entity.kind === 'case')).toHaveLength(6);
    // The hub lost the fact; the device's chain says so, and the next push brings it back.
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 1 });
  });

  it('a cut page has no end line', async () => {
    for (let count = 0; count < 300; count += 1) await plantCase(hub.store, anna.userId, { name: 'x'.repeat(4000) });
    const cut = new AbortController();
    const response = await fetch(`${hub.url}/v1/feed`, { headers: { authorization: `Bearer ${anna.token}` }, signal: cut.signal });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    cut.abort();
    const text = new TextDecoder().decode(value);
    expect(text).toContain('"line":"page"');
    expect(text).not.toContain('"line":"end"');
    const whole = await pullPage(anna, '');
    expect(whole.entities).toHaveLength(300);
  });

  it('compresses with zstd where the client can', async () => {
    await plantCase(hub.store, anna.userId);
    const response = await anna.call('GET', '/v1/feed', undefined, { 'accept-encoding': 'zstd, gzip' });
    expect(response.headers.get('content-encoding')).toBe('zstd');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = bytes[0] === 0x28 ? zstdDecompress(bytes) : new TextDecoder().decode(bytes);
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    const refused = await anna.call('GET', '/v1/feed', undefined, { 'accept-encoding': 'zstd;q=0' });
    expect(refused.headers.get('content-encoding')).toBeNull();
  });
});

describe('reassignment', () => {
  it('takes every case of the person from the one and gives them whole to the other', async () => {
    const lead = await addAndSignIn(hub, 'lina', 'lead');
    const first = await plantCase(hub.store, anna.userId);
    const second = await plantCase(hub.store, anna.userId, { customerId: first.customerId });
    const device = new TestDevice(anna.userId);
    device.add(first.caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    const brunoAt = await pullPage(bruno, '');
    // Nobody has pulled for anna: no desk can be working the cases.
    const moved = await lead.call('POST', '/v1/assignments', { customerId: first.customerId, ownerId: bruno.userId });
    expect([moved.status, await moved.json()]).toEqual([200, { cases: 2, active: true, untilMs: null }]);
    const given = await pullPage(bruno, brunoAt.cursor);
    expect(given.entities.map((entity) => entity.id).sort()).toEqual([first.caseId, second.caseId].sort());
    const whole = given.entities.find((entity) => entity.id === first.caseId);
    expect(whole?.line === 'upsert' ? caseEntitySchema.parse(whole.body).facts : []).toHaveLength(1);
    const taken = await pullPage(anna, '');
    expect(kinds(taken)).toEqual([]);
    // A late fact of the former owner is kept, shown to the new one, and flagged.
    device.add(first.caseId, 'outcome-recorded', noAnswer());
    expect(await device.push(anna)).toMatchObject({ status: 'stored', lastSeq: 2 });
    expect(kinds(await pullPage(anna, taken.cursor))).toEqual(['upsert flag']);
    expect(kinds(await pullPage(bruno, given.cursor))).toEqual(['upsert case']);
  });

  it('refuses an owner who is no collector and a customer who does not exist', async () => {
    const lead = await addAndSignIn(hub, 'lina', 'lead');
    const { customerId } = await plantCase(hub.store, anna.userId);
    expect((await lead.call('POST', '/v1/assignments', { customerId, ownerId: lead.userId })).status).toBe(400);
    expect((await lead.call('POST', '/v1/assignments', { customerId: anna.userId, ownerId: bruno.userId })).status).toBe(404);
  });
});

describe('live', () => {
  it('says at once what is newer, then each growth, and resumes', async () => {
    const { caseId } = await plantCase(hub.store, anna.userId);
    const live = await openLive(anna);
    const start = await live.next();
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    const grown = await live.next();
    expect(grown).toBeGreaterThan(start);
    await live.close();
    const quiet = await openLive(anna, grown);
    device.add(caseId, 'outcome-recorded', noAnswer());
    await device.push(anna);
    expect(await quiet.next()).toBeGreaterThan(grown);
    await quiet.close();
    const behind = await openLive(anna, start);
    expect(await behind.next()).toBeGreaterThan(grown);
    await behind.close();
  });

  it('needs a session', async () => {
    expect((await request(hub, null, 'GET', '/v1/live')).status).toBe(401);
  });

  it('a hub with open live connections stops', async () => {
    await plantCase(hub.store, anna.userId);
    const live = await openLive(anna);
    await live.next();
    await hub.stop();
    await expect(live.next()).rejects.toThrow();
    hub = await startTestHub({ dataDir: hub.dataDir });
  });
});

async function openLive(person: SignedIn, lastSeen?: number): Promise<{ next(): Promise<number>; close(): Promise<void> }> {
  const headers: Record<string, string> = lastSeen === undefined ? {} : { 'last-event-id': String(lastSeen) };
  const response = await person.call('GET', '/v1/live', undefined, headers);
  const events = response.body!.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  return {
    next: async () => {
      let { value, done } = await events.read();
      // The floor is told on the same connection (`floor-protocol.ts`).
      while (value !== undefined && value.event !== 'feed') ({ value, done } = await events.read());
      if (done || value === undefined) throw new Error('the live connection ended');
      const { revision } = liveEventSchema.parse(JSON.parse(value.data));
      expect(value.id).toBe(String(revision));
      return revision;
    },
    close: () => events.cancel(),
  };
}

/** Node 24 has it; the types are of the oldest Node that the bundles run on. */
function zstdDecompress(bytes: Uint8Array): string {
  const decompress = Reflect.get(zlib, 'zstdDecompressSync') as (bytes: Uint8Array) => Buffer;
  return decompress(bytes).toString('utf8');
}
