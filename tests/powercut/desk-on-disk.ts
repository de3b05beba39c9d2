/**
 * A real desk on a disk that loses its power, worked by an operator who never stops typing.
 *
 * Invariants: a fact counts as acknowledged only when the desk's own answer said so; the cut falls after a drawn
 * number of acknowledgements while further commands are on their way; then the desk is killed, the disk mounted
 * again, and the store looked into before any desk opens it. A command that had no answer is sent again under its
 * own id until it is answered, so in the end everything that was ever sent is acknowledged. Whoever sends an outcome
 * again has typed its draft again: until that is answered, the draft may stand beside an outcome that did arrive.
 */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Random } from '../../shared/testing/random.ts';
import type { CaseId, CommandId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import { checkKilledStore, readStoreKey } from '../crash/check-killed-store.ts';
import { CASES_EACH, PASSWORD } from '../crash/planted-hub.ts';
import { DeskGone, DeskProcess } from '../support/desk-process.ts';
import { plainForm, promiseForm, signInAs } from '../support/shift.ts';
import { TestDisk } from './disk.ts';
import type { CutFigures } from './figures.ts';
import { addCut, noFigures } from './figures.ts';
import { settleAll } from './settle-all.ts';

/** Commands on their way at any moment. */
const LANES = 3;
const MOST_ACKNOWLEDGEMENTS = 120;
const LATEST_CUT_MICROSECONDS = 3_000;

interface Command {
  commandId: CommandId;
  marker: string;
  send(desk: DeskProcess): Promise<Result<{ factId: FactId }>>;
}

interface Acknowledged {
  factId: FactId;
  commandId: CommandId;
  marker: string;
  latencyMs: number;
}

export interface DeskSetup {
  username: string;
  hubUrl: string;
  random: Random;
  /** Another entry than the product's: the negative control. */
  entry?: string;
}

export class DeskOnDisk {
  acknowledged: Acknowledged[] = [];
  figures: CutFigures = noFigures;
  readonly #setup: DeskSetup;
  readonly #disk: TestDisk;
  #desk: DeskProcess;
  #caseIds: CaseId[] = [];
  #waiting: Command[] = [];
  #key: { folder: string; keyHex: string } | null = null;
  #typed = 0;

  private constructor(setup: DeskSetup, disk: TestDisk, desk: DeskProcess) {
    this.#setup = setup;
    this.#disk = disk;
    this.#desk = desk;
  }

  /** A new PC: an empty disk, a first sign-in over the hub, the cases pulled. */
  static async signOn(setup: DeskSetup): Promise<DeskOnDisk> {
    const disk = await TestDisk.create(96);
    const { entry, ...product } = setup;
    const subject = new DeskOnDisk(setup, disk, await startDesk(product, disk));
    onTestFinished(() => subject.#desk.kill());
    const list = await subject.#desk.until('list-worklist', { view: 'all', creditorId: null }, (value) => value.rows.length >= CASES_EACH);
    subject.#caseIds = list.rows.map((row) => row.caseId);
    if (entry !== undefined) {
      // The control starts from a whole store, so that it can lose no more than what it saved itself.
      await subject.#desk.stop();
      subject.#desk = await startDesk(setup, disk);
    }
    return subject;
  }

  get hubUrl(): string {
    return this.#setup.hubUrl;
  }

  /** Works, is cut, and stands there again as the disk allows. */
  async liveThroughCut(): Promise<void> {
    const { random } = this.#setup;
    // The first cut comes soon after the first sign-in: its key and its first facts are minutes old at most.
    const most = this.figures.cuts === 0 ? 3 : MOST_ACKNOWLEDGEMENTS;
    const before = this.acknowledged.length;
    const sentBefore = new Set(this.#waiting.map(({ marker }) => marker));
    await this.#workUntilCut(random.between(1, most), random.between(0, LATEST_CUT_MICROSECONDS));
    const { unsyncedGone } = await this.#disk.restore();
    this.#key ??= await readStoreKey(this.#profileDir, PASSWORD);
    const typedAgain = new Set(this.#waiting.map(({ marker }) => marker).filter((marker) => sentBefore.has(marker)));
    const faults = checkKilledStore(this.#key, this.acknowledged, typedAgain);
    const lost = this.acknowledged.filter(({ factId }) => faults.includes(`lost: fact ${factId} was acknowledged`));
    this.figures = addCut(this.figures, {
      acknowledged: this.acknowledged.length - before, lost: lost.length, interrupted: this.#waiting.length > 0, unsyncedGone, faults,
    });
    // What is lost is counted once.
    this.acknowledged = this.acknowledged.filter((fact) => !lost.includes(fact));
    this.#desk = await startDesk(this.#setup, this.#disk);
  }

  /** Sends what never had an answer, then waits until the hub has confirmed everything. */
  async finish(): Promise<void> {
    for (const command of this.#waiting.splice(0)) {
      const result = await command.send(this.#desk);
      if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
      this.#take(command, result.value.factId);
    }
    await this.#desk.until('show-sync', {}, (sync) => {
      if (sync.unsentCount > 0 && sync.network === 'offline') void this.#desk.command('sync-now', {});
      return sync.unsentCount === 0;
    });
  }

  get #profileDir(): string {
    return join(this.#disk.path, 'profile');
  }

  async #workUntilCut(acknowledgements: number, delayMicroseconds: number): Promise<void> {
    let count = 0;
    const cuts: Promise<void>[] = [];
    const unanswered: Command[] = [];
    const lane = async (): Promise<void> => {
      for (;;) {
        const command = this.#waiting.shift() ?? this.#type();
        const result = await sendOver(this.#desk, command);
        if (!result.ok) {
          unanswered.push(command);
          // A dead disk under the desk is the trial; before the cut it would be a bug.
          if (cuts.length === 0) throw new Error(`refused before the cut: ${JSON.stringify(result.error)} ${this.#desk.stderr}`);
          return;
        }
        this.#take(command, result.value.factId);
        count += 1;
        if (count === acknowledgements) cuts.push(this.#disk.cut(delayMicroseconds, [this.#desk.pid]).finally(() => this.#desk.kill()));
      }
    };
    await settleAll(Array.from({ length: LANES }, lane));
    await Promise.all(cuts);
    this.#waiting.unshift(...unanswered);
  }

  #take({ commandId, marker }: Command, factId: FactId): void {
    this.acknowledged.push({ factId, commandId, marker, latencyMs: 0 });
  }

  #type(): Command {
    const { random, username } = this.#setup;
    this.#typed += 1;
    const marker = `${username}-${newId()}-${String(this.#typed)}`;
    const commandId = newId<CommandId>();
    const common = { caseId: random.pick(this.#caseIds), basedOn: { caseRevision: 1, scriptVersion: null } };
    if (random.chance(4)) return { commandId, marker, send: (desk) => desk.command('add-note', { ...common, text: marker }, commandId) };
    const form = random.chance(3) ? promiseForm({ note: marker, amountText: '1,00' }) : plainForm(random.pick(['NA', 'RPC', 'LM']), { note: marker });
    const draft = {
      code: form.code, amountText: '', dateText: '', method: '' as const, cause: '' as const, disputeReason: '' as const, disputeInvoiceId: '',
      callbackAudience: '' as const, note: marker, scriptStepId: '',
    };
    const withDraft = random.chance(3);
    return {
      commandId, marker,
      send: async (desk) => {
        if (withDraft) await desk.command('save-draft', { caseId: common.caseId, draft });
        return desk.command('record-outcome', { ...common, locale: 'it', form }, commandId);
      },
    };
  }
}

/** A desk that is gone answers nothing: told as a refusal. */
async function sendOver(desk: DeskProcess, command: Command): Promise<Result<{ factId: FactId }>> {
  try {
    return await command.send(desk);
  } catch (error) {
    if (!(error instanceof DeskGone)) throw error;
    return { ok: false, error: { code: 'desk-gone', messageKey: 'error.unexpected', retryable: true, details: { said: error.message } } };
  }
}

async function startDesk(setup: DeskSetup, disk: TestDisk): Promise<DeskProcess> {
  const config = { profileDir: join(disk.path, 'profile'), hubUrl: setup.hubUrl, hubKey: 'powercut' };
  const desk = await DeskProcess.start(config, {}, setup.entry);
  await signInAs(desk, setup.username, PASSWORD);
  return desk;
}
