/**
 * A desk that is killed before a chosen step of a command, and started again.
 *
 * Invariants: the store is looked into after every kill, on a copy; the command that was cut off is sent again under
 * its own id and must be acknowledged; the next walk begins only when the hub has everything and its page came back.
 */
import { join } from 'node:path';
import type { CaseId, CommandId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import type { Acknowledged } from '../simulate/operator.ts';
import { DeskGone, DeskProcess } from '../support/desk-process.ts';
import { signInAs } from '../support/shift.ts';
import { checkKilledStore, readStoreKey } from './check-killed-store.ts';
import { isLong } from './long-run.ts';
import { CASES_EACH, PASSWORD } from './planted-hub.ts';
import { StepTrap } from './step-trap.ts';

export interface WalkedCommand {
  name: string;
  /** Made ready before the trap is armed. */
  prepare(bench: DeskUnderKnife, marker: string): Promise<(desk: DeskProcess, commandId: CommandId) => Promise<Result<{ factId: FactId }>>>;
  /** What follows the push is alike for all: some walks end there, unless the run is a long one. */
  untilPush?: true;
}

export const noteCommand: WalkedCommand = {
  name: 'a note',
  prepare: (bench, marker) => Promise.resolve((desk, commandId) => desk.command('add-note', { ...bench.common(), text: marker }, commandId)),
  untilPush: true,
};

export interface BenchSetup {
  username: string;
  folder: string;
  hubUrl: string;
  /** Another entry than the product's, more in its environment: the controls. */
  entry?: string;
  env?: NodeJS.ProcessEnv;
}

type StoreKey = Awaited<ReturnType<typeof readStoreKey>>;

export class DeskUnderKnife {
  readonly username: string;
  readonly acknowledged: Acknowledged[] = [];
  readonly wrong: string[] = [];
  desk: DeskProcess;
  caseId: CaseId;
  /** What the hub has given back, and of how many facts. */
  #revision: number;
  #settledFacts = 0;
  /** Whether the command had its answer when the desk last fell. */
  #answeredInTime = false;
  readonly #setup: BenchSetup;
  readonly #trap: StepTrap;
  readonly #key: StoreKey;
  /** With it the next desk is signed in at once; null where it has to be done by password. */
  readonly #ticket: string | null;

  private constructor(setup: BenchSetup, parts: { trap: StepTrap; desk: DeskProcess; key: StoreKey; caseId: CaseId; revision: number }) {
    this.username = setup.username;
    this.#setup = setup;
    this.desk = parts.desk;
    this.caseId = parts.caseId;
    this.#revision = parts.revision;
    this.#trap = parts.trap;
    this.#key = parts.key;
    this.#ticket = parts.desk.resumeTicket;
  }

  static async open(setup: BenchSetup): Promise<DeskUnderKnife> {
    const { username, folder } = setup;
    const trap = new StepTrap(join(folder, `${username}.trap`), profileOf(setup), !isLong);
    const desk = await startDesk(setup, trap, null);
    const list = await desk.until('list-worklist', { view: 'all', creditorId: null }, (value) => value.rows.length === CASES_EACH);
    const caseId = list.rows[0]?.caseId;
    if (caseId === undefined) throw new Error('there is no case');
    const shown = await desk.query('show-case', { caseId });
    if (!shown.ok) throw new Error(shown.error.code);
    return new DeskUnderKnife(setup, { trap, desk, key: await readStoreKey(profileOf(setup), PASSWORD), caseId, revision: shown.value.revision });
  }

  common(): { caseId: CaseId; basedOn: { caseRevision: number; scriptVersion: null } } {
    return { caseId: this.caseId, basedOn: { caseRevision: this.#revision, scriptVersion: null } };
  }

  take(commandId: CommandId, factId: FactId, marker: string): void {
    const known = this.acknowledged.find((one) => one.commandId === commandId);
    if (known === undefined) this.acknowledged.push({ commandId, factId, marker, latencyMs: 0 });
    else if (known.factId !== factId) this.wrong.push(`${marker}: acknowledged with two facts`);
  }

  /** Everything is at the hub and has come back. */
  async untilSent(): Promise<void> {
    await this.desk.until('show-sync', {}, (sync) => {
      if (sync.network === 'offline') void this.desk.command('sync-now', {}).catch(letGone);
      return sync.network === 'online' && sync.unsentCount === 0;
    });
    if (this.acknowledged.length === this.#settledFacts) return;
    await this.desk.until('show-case', { caseId: this.caseId }, (shown) => {
      const isBack = shown.revision > this.#revision;
      if (isBack) this.#revision = shown.revision;
      return isBack;
    });
    this.#settledFacts = this.acknowledged.length;
  }

  /**
   * The command again and again, cut off one step later each time, until it comes through; then at each step of
   * `mustMeet` that other work of the desk (its next pull, a checkpoint) had moved past. Answers where it fell.
   */
  async walk(command: WalkedCommand, mustMeet: readonly string[] = [], isEnough: () => boolean = () => false): Promise<string[]> {
    const fallen: string[] = [];
    for (let strikeAt = 1; ; strikeAt += 1) {
      const where = await this.#cutOff(command, `step ${String(strikeAt)}`, () => this.#trap.arm(strikeAt, isLong));
      if (where === null) break;
      fallen.push(where);
      if (isEnough()) return fallen;
      if (command.untilPush === true && !isLong && where === 'send network' && this.#answeredInTime) break;
    }
    for (const step of mustMeet.filter((wanted) => !fallen.some((where) => isAt(where, wanted)))) {
      const where = await this.#cutOff(command, step, () => this.#trap.armOn(step));
      if (where !== null) fallen.push(where);
    }
    return fallen;
  }

  /** Answers before which step the desk fell, or null when it came through. */
  async #cutOff(command: WalkedCommand, name: string, arm: () => void): Promise<string | null> {
    const marker = `${this.username} ${command.name} ${name}`;
    const send = await command.prepare(this, marker);
    await this.untilSent();
    const commandId = newId<CommandId>();
    arm();
    try {
      await this.#run(send, commandId, marker);
      this.#trap.arm(0);
      return null;
    } catch (error) {
      if (!(error instanceof DeskGone) || this.desk.stderr !== '') throw error;
    }
    const where = this.#trap.steps().at(-1) ?? 'nowhere';
    this.#trap.arm(0);
    this.#answeredInTime = this.acknowledged.at(-1)?.commandId === commandId;
    for (const fault of checkKilledStore(this.#key, this.acknowledged)) this.wrong.push(`${command.name}, killed before ${name} (${where}): ${fault}`);
    this.desk = await startDesk(this.#setup, this.#trap, this.#ticket);
    await this.#run(send, commandId, marker);
    return where;
  }

  async #run(send: (desk: DeskProcess, commandId: CommandId) => Promise<Result<{ factId: FactId }>>, commandId: CommandId, marker: string): Promise<void> {
    const done = await send(this.desk, commandId);
    if (!done.ok) throw new Error(`${marker}: ${done.error.code} ${JSON.stringify(done.error.details)}`);
    this.take(commandId, done.value.factId, marker);
    await this.untilSent();
  }
}

/** Whether a step is of that call on such a file. */
export function isAt(where: string, wanted: string): boolean {
  const [call = '', name = ''] = wanted.split(' ');
  return where.startsWith(`${call} `) && where.includes(name, call.length + 1);
}

function letGone(error: unknown): void {
  if (!(error instanceof DeskGone)) throw error;
}

function profileOf(setup: BenchSetup): string {
  return join(setup.folder, setup.username);
}

async function startDesk(setup: BenchSetup, trap: StepTrap, ticket: string | null): Promise<DeskProcess> {
  const config = { profileDir: profileOf(setup), hubUrl: setup.hubUrl };
  const desk = await DeskProcess.start(config, { ...setup.env, ...trap.env }, setup.entry, undefined, ticket);
  if (ticket === null) await signInAs(desk, setup.username, PASSWORD);
  return desk;
}
