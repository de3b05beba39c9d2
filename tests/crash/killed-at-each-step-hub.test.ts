/**
 * kill -9 of the hub before the steps of a push, on SQLite and on PostgreSQL: before each statement or write of
 * its transaction, before and after the commit, before the answer, before the word to those who listen.
 *
 * Invariants, after every kill: what was answered `stored` is there; a batch is there whole or not at all; pushed again
 * it is there once, with its effect once; the feed gives the case its newest form; chains verify.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReportSchema } from '../../hub/facts/verify-chains.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { CaseId } from '../../shared/id.ts';
import { deviceLinkSchema, pushReplySchema } from '../../shared/protocol/push-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import type { SignedIn } from '../integration/hub-harness.ts';
import { noAnswer, PASSWORD, pullPage, signInOver, TestDevice } from '../integration/hub-harness.ts';
import { plantCase } from '../integration/hub-receivables.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isLong } from './long-run.ts';
import { StepTrap } from './step-trap.ts';

/** On PostgreSQL each statement is a step: every other one, unless the run is a long one. Behind the answer the feed is only read. */
const POSTGRES_STRIDE = isLong ? 1 : 2;
const STEPS_AFTER_ANSWER = 2;

/** More than one, so that half a batch would show. */
const FACTS_EACH = 2;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const stores = [
  { name: 'SQLite', stride: 1, createDatabase: () => Promise.resolve(null), meets: [/^write hub\.sqlite-wal/, /^sync hub\.sqlite-wal/, /^send network/] },
  { name: 'PostgreSQL', stride: POSTGRES_STRIDE, createDatabase: () => postgres.createDatabase(), meets: [/^send local/, /^send network/] },
];

describe.each(stores)('on $name', ({ name, stride, createDatabase, meets }) => {
  it('stores a push whole or not at all wherever it is cut off', async () => {
    const rig = await HubUnderKnife.open(await createDatabase());
    const fallen: string[] = [];
    // Stored and not answered: the one step that no stride may miss.
    fallen.push(await rig.pushCutOff('the answer', (trap) => trap.armOn('send network')) ?? 'nowhere');
    for (let strikeAt = 1, behind = 0; isLong || behind < STEPS_AFTER_ANSWER; strikeAt += stride) {
      const where = await rig.pushCutOff(`step ${String(strikeAt)}`, (trap) => trap.arm(strikeAt, isLong));
      if (where === null) break;
      fallen.push(where);
      if (rig.wasAnswered) behind += 1;
    }
    console.log(`push on ${name}: ${String(fallen.length)} kills\n  ${fallen.join('\n  ')}`);
    expect(rig.wrong).toEqual([]);
    for (const step of meets) expect(fallen.some((line) => step.test(line)), `it never fell at ${String(step)}`).toBe(true);
    expect(fallen.length).toBeGreaterThan(3);
    // Both sides of the commit: batches that the kill took back, and batches that were stored and not answered.
    expect(rig.takenBack).toBeGreaterThan(0);
    expect(rig.storedUnanswered).toBeGreaterThan(0);
    await rig.end();
  });
});

it('finds out a hub that answers before it commits', async () => {
  const rig = await HubUnderKnife.open(null, { NODE_OPTIONS: `--import ${new URL('./answer-before-commit.ts', import.meta.url).href}` });
  const isFound = (): boolean => rig.wrong.some((fault) => fault.includes('answered and lost'));
  for (let strikeAt = 1; strikeAt <= 8 && !isFound(); strikeAt += 1) await rig.pushCutOff(`step ${String(strikeAt)}`, (trap) => trap.arm(strikeAt));
  expect(isFound(), rig.wrong.join('\n')).toBe(true);
  await rig.end();
});

class HubUnderKnife {
  readonly wrong: string[] = [];
  takenBack = 0;
  storedUnanswered = 0;
  /** Whether the push that was cut off last had its answer. */
  wasAnswered = false;
  readonly #trap: StepTrap;
  readonly #args: string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #dataDir: string;
  readonly #caseId: CaseId;
  readonly #device: TestDevice;
  #hub: HubProcess;
  #person: SignedIn;
  /** Where the feed of this person stands. */
  #cursor = '';

  private constructor(parts: { trap: StepTrap; args: string[]; env: NodeJS.ProcessEnv; dataDir: string; caseId: CaseId; hub: HubProcess; person: SignedIn }) {
    this.#trap = parts.trap;
    this.#args = parts.args;
    this.#env = parts.env;
    this.#dataDir = parts.dataDir;
    this.#caseId = parts.caseId;
    this.#hub = parts.hub;
    this.#person = parts.person;
    this.#device = new TestDevice(parts.person.userId);
  }

  static async open(postgresUrl: string | null, environment: NodeJS.ProcessEnv = {}): Promise<HubUnderKnife> {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'hub');
    mkdirSync(dataDir);
    const store = await openStore({ dataDir, postgresUrl });
    const added = await addUser(store, systemClock, { username: 'anna', displayName: 'Anna', role: 'admin', password: PASSWORD });
    if (!added.ok) throw new Error(added.refusal.code);
    const { caseId } = await plantCase(store, added.value.userId);
    await store.close();
    const args = ['--quiet', ...(postgresUrl === null ? [] : ['--postgres', postgresUrl])];
    const trap = new StepTrap(join(folder, 'trap'), dataDir);
    const env = { ...environment, ...trap.env };
    const hub = await HubProcess.start(dataDir, { extra: args, env });
    return new HubUnderKnife({ trap, args, env, dataDir, caseId, hub, person: await signInOver(hub, 'anna') });
  }

  /** Pushes new facts, cut off before a step; answers which, or null when the push came through all its steps. */
  async pushCutOff(name: string, arm: (trap: StepTrap) => void): Promise<string | null> {
    const before = this.#device.facts.length;
    for (let count = 0; count < FACTS_EACH; count += 1) this.#device.add(this.#caseId, 'outcome-recorded', noAnswer());
    const fresh = this.#device.facts.slice(before);
    arm(this.#trap);
    const answered = await this.#push(fresh);
    this.wasAnswered = answered;
    // The word to those who listen, and on PostgreSQL the numbers of the feed, come after the answer.
    const page = answered ? await this.#pull() : null;
    if (page !== null) {
      this.#trap.arm(0);
      if (!page) this.wrong.push('nothing was killed, and the feed does not lead to the case as it is');
      return null;
    }
    await this.#hub.gone;
    const where = this.#trap.steps().at(-1) ?? 'nowhere';
    this.#trap.arm(0);
    this.#hub = await HubProcess.start(this.#dataDir, { port: this.#hub.port, extra: this.#args, env: this.#env });
    await this.#check(before, answered, `killed before ${name} (${where})`);
    return where;
  }

  async #check(before: number, answered: boolean, when: string): Promise<void> {
    const link = deviceLinkSchema.parse(await (await this.#person.call('GET', `/v1/devices/${this.#device.deviceId}`)).json());
    const all = this.#device.facts.length;
    if (link.lastSeq !== before && link.lastSeq !== all) this.wrong.push(`${when}: half a batch, up to ${String(link.lastSeq)}`);
    if (answered && link.lastSeq !== all) this.wrong.push(`${when}: answered and lost`);
    if (link.lastSeq === before) this.takenBack += 1;
    else if (!answered) this.storedUnanswered += 1;
    if (!(await this.#push(this.#device.facts.slice(before)))) this.wrong.push(`${when}: the repeat was not stored`);
    if (!(await this.#pull())) this.wrong.push(`${when}: the feed does not lead to the case as it is`);
    const report = verifyReportSchema.parse(await (await this.#person.call('GET', '/v1/verify')).json());
    if (!report.ok || report.facts !== all) this.wrong.push(`${when}: verify says ${JSON.stringify(report)}`);
  }

  /** True when the hub answered that it has everything. */
  async #push(facts: TestDevice['facts']): Promise<boolean> {
    try {
      const reply = pushReplySchema.parse(await (await this.#device.pushRaw(this.#person, facts)).json());
      if (reply.status !== 'stored' || reply.lastSeq !== this.#device.facts.length) this.wrong.push(`a push was answered ${JSON.stringify(reply)}`);
      return true;
    } catch (error) {
      return letGone(error);
    }
  }

  /** From where the desk's cursor stands: whether the case comes with every fact, once. */
  async #pull(): Promise<boolean | null> {
    try {
      const page = await pullPage(this.#person, this.#cursor);
      const lines = page.entities.filter((line) => line.kind === 'case' && line.id === this.#caseId);
      this.#cursor = page.cursor;
      const last = lines.at(-1);
      if (last?.line !== 'upsert') return false;
      const { facts } = caseEntitySchema.parse(last.body);
      return facts.length === this.#device.facts.length && new Set(facts.map((fact) => fact.id)).size === facts.length;
    } catch (error) {
      letGone(error);
      return null;
    }
  }

  async end(): Promise<void> {
    await this.#hub.stop();
  }
}

/** A request to a hub that died. */
function letGone(error: unknown): false {
  if (error instanceof TypeError || (error instanceof Error && 'code' in error)) return false;
  throw error;
}
