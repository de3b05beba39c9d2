/**
 * A real hub on a disk that loses its power, with eight devices pushing to it without a pause.
 *
 * Invariants: a fact counts as acknowledged only when the hub answered `stored` over HTTP; the cut falls after a drawn
 * number of such answers while other pushes are on their way; then the disk is mounted again and its store looked
 * into before the hub opens it. A push that had no answer is sent again as it was.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { Random } from '../../shared/testing/random.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import type { PushReply } from '../../shared/protocol/push-protocol.ts';
import { pushReplySchema } from '../../shared/protocol/push-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import type { SignedIn } from '../integration/hub-harness.ts';
import { noAnswer, promiseToPay, signInOver, TestDevice } from '../integration/hub-harness.ts';
import { plantCase } from '../integration/hub-receivables.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { checkCutHub } from './check-cut-hub.ts';
import { TestDisk } from './disk.ts';
import type { CutFigures } from './figures.ts';
import { addCut, noFigures } from './figures.ts';
import { settleAll } from './settle-all.ts';

const DEVICES = 8;
const CASES = 40;
const LONGEST_BATCH = 4;
const MOST_ANSWERS = 50;
const LATEST_CUT_MICROSECONDS = 3_000;
const PASSWORD = 'a-long-password';

export interface HubSetup {
  dialect: 'sqlite' | 'postgres';
  random: Random;
  /** The negative control: commits are answered before they are on the disk. */
  careless: boolean;
}

export interface PushingDevice {
  device: TestDevice;
  /** How many of its facts the hub has confirmed. */
  confirmed: number;
  /** The last seq of every batch that was ever sent. */
  batchEnds: Set<number>;
}

export class HubOnDisk {
  figures: CutFigures = noFigures;
  readonly acknowledged = new Set<FactId>();
  readonly #setup: HubSetup;
  readonly #disk: TestDisk;
  readonly #postgres: { server: TestPostgres; url: string } | null;
  readonly #caseIds: CaseId[] = [];
  #devices: PushingDevice[] = [];
  #hub: HubProcess | null = null;

  private constructor(setup: HubSetup, disk: TestDisk, postgres: { server: TestPostgres; url: string } | null) {
    this.#setup = setup;
    this.#disk = disk;
    this.#postgres = postgres;
  }

  /** An empty disk with a hub's store, a collector and cases on it. */
  static async create(setup: HubSetup): Promise<HubOnDisk> {
    const disk = await TestDisk.create(setup.dialect === 'postgres' ? 1536 : 256);
    const subject = new HubOnDisk(setup, disk, setup.dialect === 'postgres' ? await startServer(disk) : null);
    onTestFinished(async () => {
      await subject.#hub?.kill();
    });
    await subject.#withStore(async (store) => {
      const added = await addUser(store, systemClock, { username: 'op', displayName: 'Op', role: 'collector', password: PASSWORD });
      if (!added.ok) throw new Error(added.refusal.code);
      const { userId } = added.value;
      for (let place = 0; place < CASES; place += 1) subject.#caseIds.push((await plantCase(store, userId)).caseId);
      subject.#devices = Array.from({ length: DEVICES }, () => ({ device: new TestDevice(userId), confirmed: 0, batchEnds: new Set([0]) }));
    });
    return subject;
  }

  /** Runs the hub, has it pushed to, cuts it, and looks at what is left. */
  async liveThroughCut(): Promise<void> {
    const { random } = this.#setup;
    const before = this.acknowledged.size;
    const hub = await this.#startHub();
    const person = await signInOver(hub, 'op', PASSWORD);
    await this.#pushUntilCut(hub, person, random.between(1, MOST_ANSWERS), random.between(0, LATEST_CUT_MICROSECONDS));
    await this.#postgres?.server.kill();
    const { unsyncedGone } = await this.#disk.restore();
    await this.#postgres?.server.restart();
    const acknowledged = this.acknowledged.size - before;
    const interrupted = this.#devices.some(({ device, confirmed }) => device.facts.length > confirmed);
    const { lost, faults } = await this.#withStore((store) => checkCutHub(store, this.#devices, this.acknowledged));
    // What is lost is counted once.
    for (const id of lost) this.acknowledged.delete(id);
    this.figures = addCut(this.figures, { acknowledged, lost: lost.length, interrupted, unsyncedGone, faults });
  }

  /** Pushes what never had an answer and looks again: everything that was ever sent is there, once. */
  async finish(): Promise<{ sent: number; acknowledged: number; lost: FactId[]; faults: string[] }> {
    const hub = await this.#startHub();
    const person = await signInOver(hub, 'op', PASSWORD);
    for (const pushing of this.#devices) {
      if (pushing.confirmed < pushing.device.facts.length) this.#takeAnswer(pushing, await push(person, pushing));
    }
    await hub.stop();
    const checked = await this.#withStore((store) => checkCutHub(store, this.#devices, this.acknowledged));
    return { sent: this.#devices.reduce((sum, { device }) => sum + device.facts.length, 0), acknowledged: this.acknowledged.size, ...checked };
  }

  async #startHub(): Promise<HubProcess> {
    const { careless } = this.#setup;
    const url = this.#postgres?.url ?? null;
    // PostgreSQL's own way of answering before the disk has it.
    const hubUrl = url === null || !careless ? url : `${url}&options=${encodeURIComponent('-c synchronous_commit=off')}`;
    const normal = fileURLToPath(new URL('normal-synchronous.ts', import.meta.url));
    this.#hub = await HubProcess.start(join(this.#disk.path, 'hub'), {
      extra: ['--quiet', ...(hubUrl === null ? [] : ['--postgres', hubUrl])],
      env: careless && hubUrl === null ? { NODE_OPTIONS: `--import=${normal}` } : {},
    });
    return this.#hub;
  }

  async #pushUntilCut(hub: HubProcess, person: SignedIn, answers: number, delayMicroseconds: number): Promise<void> {
    let count = 0;
    const cuts: Promise<void>[] = [];
    const lane = async (pushing: PushingDevice): Promise<void> => {
      for (;;) {
        if (pushing.confirmed === pushing.device.facts.length) this.#type(pushing);
        const reply = await push(person, pushing);
        if (reply === null) {
          if (cuts.length === 0) throw new Error('the hub ended by itself');
          return;
        }
        this.#takeAnswer(pushing, reply);
        count += 1;
        if (count === answers) cuts.push(this.#disk.cut(delayMicroseconds, [hub.pid]).finally(() => hub.kill()));
      }
    };
    await settleAll(this.#devices.map(lane));
    await Promise.all(cuts);
  }

  #takeAnswer(pushing: PushingDevice, reply: PushReply | null): void {
    switch (reply?.status) {
      case 'stored':
        for (const { header } of pushing.device.facts.slice(0, reply.lastSeq)) this.acknowledged.add(header.id);
        pushing.confirmed = reply.lastSeq;
        return;
      case 'gap':
        // The hub forgot: the desk sends it all again, from where the hub stands.
        pushing.confirmed = reply.lastSeq;
        return;
      case 'fork':
      case undefined:
        throw new Error(`the hub answered ${String(reply?.status)}`);
    }
  }

  #type({ device, batchEnds }: PushingDevice): void {
    const { random } = this.#setup;
    for (let left = random.between(1, LONGEST_BATCH); left > 0; left -= 1) {
      device.add(random.pick(this.#caseIds), 'outcome-recorded', random.chance(3) ? promiseToPay(100, '2026-12-01') : noAnswer());
    }
    batchEnds.add(device.facts.length);
  }

  async #withStore<T>(work: (store: HubStore) => Promise<T>): Promise<T> {
    const store = await openStore({ dataDir: join(this.#disk.path, 'hub'), postgresUrl: this.#postgres?.url ?? null });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}

async function startServer(disk: TestDisk): Promise<{ server: TestPostgres; url: string }> {
  const server = await startPostgres(disk.path);
  // Its folder goes with the disk, and the disk may be dead by then: no orderly stop.
  onTestFinished(() => server.kill());
  return { server, url: await server.createDatabase() };
}

/** Sends what is not confirmed. Null: no whole answer came, the connection broke. */
async function push(person: SignedIn, { device, confirmed }: PushingDevice): Promise<PushReply | null> {
  const facts: Fact[] = device.facts.slice(confirmed);
  let response: Response;
  let body: unknown;
  try {
    response = await device.pushRaw(person, facts);
    body = await response.json();
  } catch (error) {
    // What `fetch` throws when the other side is gone.
    if (error instanceof TypeError || error instanceof SyntaxError) return null;
    throw error;
  }
  const reply = pushReplySchema.safeParse(body);
  if (!reply.success) throw new Error(`a push was answered ${String(response.status)}: ${JSON.stringify(body)}`);
  return reply.data;
}
