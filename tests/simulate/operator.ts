/**
 * An operator at a real desk: works a plan, kills the desk where the plan says so, starts it
 * again and repeats with the same commandId what was not answered.
 *
 * Invariants: a fact counts as acknowledged only when the desk's own answer said so; a command
 * is repeated until it is answered, never under another id; a desk that ends unasked is a bug
 * and is thrown.
 */
import type { OutcomeForm } from '../../shared/contract/outcome-form.ts';
import type { CaseId, CommandId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import { monotonicMs } from '../../shared/time.ts';
import { DeskGone, DeskProcess } from '../support/desk-process.ts';
import { plainForm, promiseForm } from '../support/shift.ts';
import type { PlannedFact, PlannedStep } from './plan.ts';

export interface OperatorSetup {
  username: string;
  password: string;
  profileDir: string;
  hubUrl: string;
  /** Another entry than the product's: the negative control. */
  entry?: string;
  onAcknowledged?: (fact: Acknowledged) => void;
  /** Runs after a kill, before the desk starts again. */
  onKilled?: (operator: Operator) => void | Promise<void>;
}

export interface Acknowledged {
  factId: FactId;
  commandId: CommandId;
  marker: string;
  /** From sending the command to its answer. */
  latencyMs: number;
}

interface WorkedCase {
  caseId: CaseId;
  invoiceId: string;
  revision: number;
}

interface Command {
  commandId: CommandId;
  fact: PlannedFact;
  send(desk: DeskProcess): Promise<Result<{ factId: FactId }>>;
}

export class Operator {
  readonly setup: OperatorSetup;
  readonly acknowledged: Acknowledged[] = [];
  kills = 0;
  /** Kills that left commands without an answer. */
  interrupted = 0;
  #desk: DeskProcess;
  #cases: WorkedCase[] = [];
  #lastOutcome: { factId: FactId; caseId: CaseId } | null = null;

  private constructor(setup: OperatorSetup, desk: DeskProcess) {
    this.setup = setup;
    this.#desk = desk;
  }

  /** Starts the desk, signs in (online: it is the first time) and waits for `caseCount` cases. */
  static async signOn(setup: OperatorSetup, caseCount: number): Promise<Operator> {
    const operator = new Operator(setup, await startDesk(setup));
    await operator.#signIn();
    const list = await operator.#desk.until('list-worklist', { view: 'all', creditorId: null }, (value) => value.rows.length >= caseCount);
    const rows = list.rows.toSorted((a, b) => (a.customerCode < b.customerCode ? -1 : 1));
    for (const { caseId } of rows) {
      const shown = await operator.#desk.query('show-case', { caseId });
      if (!shown.ok) throw new Error(`show-case: ${shown.error.code}`);
      const invoiceId = shown.value.invoices[0]?.invoiceId;
      if (invoiceId === undefined) throw new Error('a case without an invoice');
      operator.#cases.push({ caseId, invoiceId, revision: shown.value.revision });
    }
    return operator;
  }

  get desk(): DeskProcess {
    return this.#desk;
  }

  /** What the operator would see: the whole worklist and every case. */
  async readScreens(): Promise<unknown[]> {
    const answers: Result<unknown>[] = [await this.#desk.query('list-worklist', { view: 'all', creditorId: null })];
    for (const { caseId } of this.#cases) answers.push(await this.#desk.query('show-case', { caseId }));
    return answers;
  }

  async perform(step: PlannedStep): Promise<void> {
    let waiting = step.facts.map((fact) => this.#prepare(fact));
    for (const { fact } of waiting) if (fact.kind === 'outcome' && fact.draft) this.#typeDraft(fact);
    let killAfterMs = step.killAfterMs;
    while (waiting.length > 0) {
      const attempts = waiting.map((command) => this.#attempt(command));
      const killed = killAfterMs === null ? null : this.#killAfter(killAfterMs);
      killAfterMs = null;
      const left = (await Promise.all(attempts)).flatMap((remaining) => remaining ?? []);
      if (killed !== null) {
        await killed;
        if (left.length > 0) this.interrupted += 1;
        await this.setup.onKilled?.(this);
        await this.restart();
      } else if (left.some((command) => waiting.includes(command))) {
        throw new Error(`the desk ended by itself: ${this.#desk.stderr}`);
      }
      waiting = left;
    }
  }

  /** kill -9 of the desk, now. */
  async kill(): Promise<void> {
    await this.#desk.kill();
    this.kills += 1;
  }

  /** Starts a fresh desk on the same profile; with a dead network it signs in offline. */
  async restart(): Promise<void> {
    this.#desk = await startDesk(this.setup);
    await this.#signIn();
  }

  /** Waits until the hub has confirmed everything; does not sit out the backoff. */
  async drain(): Promise<void> {
    const desk = this.#desk;
    await desk.until('show-sync', {}, (sync) => {
      if (sync.unsentCount > 0 && sync.network === 'offline') void desk.command('sync-now', {});
      return sync.unsentCount === 0;
    });
  }

  stop(): Promise<void> {
    return this.#desk.stop();
  }

  async #signIn(): Promise<void> {
    const { username, password } = this.setup;
    const session = await this.#desk.command('sign-in', { username, password });
    if (!session.ok) throw new Error(`sign-in of ${username}: ${session.error.code} ${JSON.stringify(session.error.details)} ${this.#desk.stderr}`);
    if (!session.value.encrypted) throw new Error('the store is not encrypted');
  }

  async #killAfter(delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await this.kill();
  }

  /** @returns null when acknowledged, else the command to send next in its place */
  async #attempt(command: Command): Promise<Command | null> {
    const startedMs = monotonicMs();
    try {
      const result = await command.send(this.#desk);
      if (result.ok) {
        this.#take({ factId: result.value.factId, commandId: command.commandId, marker: command.fact.marker, latencyMs: monotonicMs() - startedMs });
        return null;
      }
      // What it corrected may have passed midnight meanwhile, or was lost by the desk under test.
      if (command.fact.kind === 'correction') return this.#prepare({ ...command.fact, kind: 'note' });
      throw new Error(`${command.fact.kind} refused: ${result.error.code} ${JSON.stringify(result.error.details)}`);
    } catch (error) {
      if (error instanceof DeskGone) return command;
      throw error;
    }
  }

  #take(acknowledged: Acknowledged): void {
    this.acknowledged.push(acknowledged);
    this.setup.onAcknowledged?.(acknowledged);
  }

  #prepare(fact: PlannedFact): Command {
    const commandId = newId<CommandId>();
    const worked = this.#caseAt(fact.place);
    const common = { caseId: worked.caseId, basedOn: { caseRevision: worked.revision, scriptVersion: null } };
    switch (fact.kind) {
      case 'note':
        return { commandId, fact, send: (desk) => desk.command('add-note', { ...common, text: fact.marker }, commandId) };
      case 'correction': {
        const target = this.#lastOutcome;
        if (target === null) return this.#prepare({ ...fact, kind: 'note' });
        const input = { ...common, caseId: target.caseId, locale: 'it' as const, targetFactId: target.factId, form: null, reason: fact.marker };
        return { commandId, fact, send: (desk) => desk.command('correct-outcome', input, commandId) };
      }
      case 'outcome': {
        const input = { ...common, locale: 'it' as const, form: outcomeForm(fact, worked.invoiceId) };
        return {
          commandId, fact,
          send: async (desk) => {
            const result = await desk.command('record-outcome', input, commandId);
            if (result.ok) this.#lastOutcome = { factId: result.value.factId, caseId: worked.caseId };
            return result;
          },
        };
      }
    }
  }

  /** In flight ahead of its outcome; whether it arrives before the kill is part of the trial. */
  #typeDraft(fact: Extract<PlannedFact, { kind: 'outcome' }>): void {
    const draft = {
      code: fact.code, amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '',
      note: fact.marker, scriptStepId: '',
    };
    this.#desk.command('save-draft', { caseId: this.#caseAt(fact.place).caseId, draft }).catch((error: unknown) => {
      if (!(error instanceof DeskGone)) throw error;
    });
  }

  #caseAt(place: number): WorkedCase {
    const worked = this.#cases[place % this.#cases.length];
    if (worked === undefined) throw new Error(`${this.setup.username} has no cases`);
    return worked;
  }
}

function startDesk(setup: OperatorSetup): Promise<DeskProcess> {
  // The key of the stores must outlive a proxy's port.
  return DeskProcess.start({ profileDir: setup.profileDir, hubUrl: setup.hubUrl, hubKey: 'simulated' }, {}, setup.entry);
}

function outcomeForm(fact: Extract<PlannedFact, { kind: 'outcome' }>, invoiceId: string): OutcomeForm {
  const note = fact.marker;
  switch (fact.code) {
    case 'NA':
    case 'RPC':
    case 'LM':
      return plainForm(fact.code, { note });
    case 'PTP':
      return promiseForm({ note, amountText: '1,00', dateText: '+3' });
    case 'DSP':
      return plainForm('DSP', { note, amountText: '1,00', disputeReason: 'price', disputeInvoiceId: invoiceId });
    case 'CBK':
      return plainForm('CBK', { note, dateText: 'mer 15:30', callbackAudience: 'anyone' });
  }
}
