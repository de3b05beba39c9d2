/**
 * A whole hub for tests: a real server on a free port over a real store in a folder of its own, with people signed
 * in and devices that chain facts as a desk does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Fact } from '../../shared/facts/fact-header.ts';
import { sealFact } from '../../shared/facts/chain.ts';
import type { CallId, CaseId, DeviceId, FactId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { FeedLine, LeaseGrant } from '../../shared/protocol/feed-protocol.ts';
import { feedLineSchema } from '../../shared/protocol/feed-protocol.ts';
import type { PushReply } from '../../shared/protocol/push-protocol.ts';
import { pushReplySchema } from '../../shared/protocol/push-protocol.ts';
import type { NewCertificate } from '../../shared/protocol/setup-protocol.ts';
import type { Role, SignInReply } from '../../shared/protocol/session-protocol.ts';
import { hubErrorSchema, signInReplySchema } from '../../shared/protocol/session-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import type { RunningHub } from '../../hub/start-hub.ts';
import { startHub } from '../../hub/start-hub.ts';
import { addUser } from '../../hub/users/add-user.ts';

export const PASSWORD = 'a-long-password';

/** A clock that tests move. */
export class TestClock {
  #nowMs: number;
  constructor(nowMs = systemClock.nowMs()) {
    this.#nowMs = nowMs;
  }
  nowMs(): number {
    return this.#nowMs;
  }
  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

export interface TestHub extends RunningHub {
  url: string;
  dataDir: string;
  clock: TestClock;
  log(): string;
  /** Stops the hub and removes its folder. */
  discard(): Promise<void>;
}

/** Starts a hub; with `dataDir` over what is there already. */
export async function startTestHub(options: { dataDir?: string; postgresUrl?: string; demo?: boolean } = {}): Promise<TestHub> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'premura-hub-'));
  const clock = new TestClock();
  const chunks: string[] = [];
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString('utf8'));
      done();
    },
  });
  const hub = await startHub({
    dataDir, postgresUrl: options.postgresUrl ?? null, host: '127.0.0.1', port: 0, demo: options.demo ?? false, clock, logTo, mails: false,
  });
  return {
    ...hub, url: `http://127.0.0.1:${String(hub.port)}`, dataDir, clock, log: () => chunks.join(''),
    discard: async () => {
      await hub.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface SignedIn {
  userId: UserId;
  token: string;
  reply: SignInReply;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Adds a person and signs in over HTTP; without certificates, so that the feed holds nothing but what a test puts there. */
export async function addAndSignIn(hub: TestHub, username: string, role: Role, certificates: readonly NewCertificate[] = []): Promise<SignedIn> {
  const added = await addUser(hub.store, hub.clock, { username, displayName: `Display ${username}`, role, password: PASSWORD, certificates });
  if (!added.ok) throw new Error(added.refusal.code);
  return signInOver(hub, username);
}

export async function signInOver(hub: { url: string }, username: string, password = PASSWORD): Promise<SignedIn> {
  const response = await request(hub, null, 'POST', '/v1/sign-in', { username, password });
  const reply = signInReplySchema.parse(await response.json());
  const token = reply.tokens.accessToken;
  return { userId: reply.user.userId, token, reply, call: (method, path, body, headers) => request(hub, token, method, path, body, headers) };
}

export async function request(
  hub: { url: string }, token: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {},
): Promise<Response> {
  const auth: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  if (body === undefined) return fetch(hub.url + path, { method, headers: { ...auth, ...headers } });
  return fetch(hub.url + path, {
    method, headers: { 'content-type': 'application/json', ...auth, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The code of a refusal. */
export async function errorCode(response: Response): Promise<string> {
  return hubErrorSchema.parse(await response.json()).error.code;
}

/** A device that chains facts. */
export class TestDevice {
  readonly deviceId: DeviceId = newId<DeviceId>();
  readonly actor: UserId;
  readonly facts: Fact[] = [];

  constructor(actor: UserId) {
    this.actor = actor;
  }

  /** Chains the next fact. */
  add(caseId: CaseId | null, type: string, body: Fact['body'], more: { id?: FactId; at?: number; salt?: string; callId?: CallId; version?: number; origin?: { deviceId: DeviceId; seq: number } } = {}): Fact {
    const fact = sealFact(
      {
        deviceId: this.deviceId, seq: this.facts.length + 1, id: more.id ?? newId<FactId>(), type, version: more.version ?? 1,
        ...(caseId === null ? {} : { caseId }), ...(more.callId === undefined ? {} : { callId: more.callId }), at: more.at ?? systemClock.nowMs(), zone: 'Europe/Rome', actor: this.actor,
        basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null }, ...(more.origin === undefined ? {} : { origin: more.origin }),
      },
      more.salt ?? newRandomHex(32), body, this.facts.at(-1)?.header.hash ?? null,
    );
    this.facts.push(fact);
    return fact;
  }

  async push(person: SignedIn, facts: readonly Fact[] = this.facts): Promise<PushReply> {
    const response = await this.pushRaw(person, facts);
    return pushReplySchema.parse(await response.json());
  }

  pushRaw(person: SignedIn, facts: readonly Fact[]): Promise<Response> {
    return person.call('POST', `/v1/devices/${this.deviceId}/facts`, { facts });
  }
}

export function noAnswer(): Fact['body'] {
  return { code: 'NA', channel: 'phone-outbound', numberId: null, cause: null, note: null, promise: null, dispute: null, callback: null };
}

export function promiseToPay(amountCents: number, dueOn: string, invoiceIds: string[] = []): Fact['body'] {
  return { ...noAnswer(), code: 'PTP', promise: { amountCents, currency: 'EUR', dueOn, method: 'bank-transfer', invoiceIds } };
}

export interface FeedPage { mode: 'delta' | 'snapshot'; entities: Extract<FeedLine, { line: 'upsert' | 'remove' }>[]; cursor: string; more: boolean; lease: LeaseGrant | null }

/** One page of the feed; without a device as a desk asks that does not name itself. */
export async function pullPage(person: SignedIn, cursor: string, deviceId: DeviceId | null = null): Promise<FeedPage> {
  const query = new URLSearchParams({ cursor, ...(deviceId === null ? {} : { device: deviceId }) });
  const response = await person.call('GET', `/v1/feed?${query.toString()}`, undefined, { 'accept-encoding': 'identity' });
  if (response.status !== 200) throw new Error(`the feed answered ${String(response.status)}`);
  const lines = (await response.text()).trimEnd().split('\n').map((line) => feedLineSchema.parse(JSON.parse(line)));
  const first = lines[0];
  const last = lines.at(-1);
  if (first?.line !== 'page' || last?.line !== 'end') throw new Error('the page was cut');
  const entities: FeedPage['entities'] = [];
  for (const line of lines.slice(1, -1)) {
    if (line.line !== 'upsert' && line.line !== 'remove') throw new Error('a frame line inside the page');
    entities.push(line);
  }
  return { mode: first.mode, entities, cursor: last.cursor, more: last.more, lease: last.lease ?? null };
}
