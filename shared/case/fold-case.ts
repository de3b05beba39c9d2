/**
 * The state of a case as a pure function of its set of facts.
 *
 * Invariants: the order in which facts arrived does not matter (they are taken by `at`, then
 * id), a fact given twice counts once, and an outcome that was corrected or annulled has no
 * effect but stays in the history. Hub and desk run this very code, so they converge.
 */
import type { CauseCode, DisputeReason, OutcomeCode, PaymentMethod } from './outcome-codes.ts';
import { outcomeClassOf } from './outcome-codes.ts';
import type { CaseFact } from './case-entity.ts';
import type { AttachmentBody, OutcomeBody } from '../facts/fact-bodies.ts';
import { readBody } from '../facts/fact-bodies.ts';
import type { FactId, InvoiceId, NumberId, UserId } from '../id.ts';
import type { PlainDate } from '../time.ts';

/** An outcome as it counts now, after corrections. */
export interface EffectiveOutcome {
  factId: FactId;
  at: number;
  zone: string;
  actor: UserId;
  code: OutcomeCode;
  numberId: NumberId | null;
  cause: CauseCode | null;
  note: string | null;
  outcome: OutcomeBody;
  /** The correction that gave this its present content, if any. */
  correctedBy: FactId | null;
}

export interface PromiseToPay {
  promiseId: FactId;
  at: number;
  amountCents: number;
  currency: string;
  dueOn: PlainDate;
  method: PaymentMethod;
  invoiceIds: InvoiceId[];
}

export interface Dispute {
  disputeId: FactId;
  at: number;
  reason: DisputeReason;
  invoiceId: InvoiceId;
  amountCents: number | null;
  currency: string;
}

export interface Callback {
  callbackId: FactId;
  at: number;
  zone: string;
  audience: 'only-me' | 'anyone';
  owner: UserId;
  note: string | null;
}

/** One line of the history, everything that ever happened, newest last. */
export type HistoryEntry =
  | { kind: 'outcome'; factId: FactId; at: number; zone: string; actor: UserId; outcome: OutcomeBody; status: 'effective' | 'corrected' | 'annulled'; reason: string | null }
  | { kind: 'correction'; factId: FactId; at: number; zone: string; actor: UserId; targetFactId: FactId; outcome: OutcomeBody | null; reason: string; status: 'effective' | 'superseded' }
  | { kind: 'note'; factId: FactId; at: number; zone: string; actor: UserId; text: string }
  | { kind: 'attachment'; factId: FactId; at: number; zone: string; actor: UserId; attachment: AttachmentBody }
  | { kind: 'unknown'; factId: FactId; at: number; zone: string; actor: UserId; type: string };

export interface FoldedCase {
  outcomes: EffectiveOutcome[];
  /** The newest promise replaces those before it: a customer has one word at a time. */
  promise: PromiseToPay | null;
  disputes: Dispute[];
  /** The newest agreed callback, until any later contact answers it. */
  callback: Callback | null;
  history: HistoryEntry[];
}

/** Folds a set of facts; duplicates by id and any order are fine. */
export function foldCase(facts: readonly CaseFact[]): FoldedCase {
  const ordered = sortFacts(facts);
  const corrections = new Map<FactId, { factId: FactId; replacement: OutcomeBody | null; reason: string }>();
  for (const fact of ordered) {
    const known = readBody(fact.type, fact.version, fact.body);
    if (known.type !== 'outcome-corrected') continue;
    corrections.set(known.body.targetFactId, {
      factId: fact.id,
      replacement: known.body.replacement,
      reason: known.body.reason,
    });
  }

  const outcomes: EffectiveOutcome[] = [];
  const history: HistoryEntry[] = [];
  for (const fact of ordered) {
    const base = { factId: fact.id, at: fact.at, zone: fact.zone, actor: fact.actor };
    const known = readBody(fact.type, fact.version, fact.body);
    switch (known.type) {
      case 'outcome-recorded': {
        const correction = corrections.get(fact.id);
        const effective = correction === undefined ? known.body : correction.replacement;
        const status = correction === undefined ? 'effective' : effective === null ? 'annulled' : 'corrected';
        history.push({ kind: 'outcome', ...base, outcome: known.body, status, reason: correction?.reason ?? null });
        if (effective !== null) outcomes.push(effectiveOutcome(base, effective, correction?.factId ?? null));
        break;
      }
      case 'outcome-corrected': {
        const isLast = corrections.get(known.body.targetFactId)?.factId === fact.id;
        history.push({
          kind: 'correction', ...base, targetFactId: known.body.targetFactId, outcome: known.body.replacement,
          reason: known.body.reason, status: isLast ? 'effective' : 'superseded',
        });
        break;
      }
      case 'note-added':
        history.push({ kind: 'note', ...base, text: known.body.text });
        break;
      case 'attachment-added':
        history.push({ kind: 'attachment', ...base, attachment: known.body });
        break;
      case 'unknown':
        history.push({ kind: 'unknown', ...base, type: fact.type });
        break;
    }
  }
  return { outcomes, promise: newestPromise(outcomes), disputes: openDisputes(outcomes), callback: openCallback(outcomes), history };
}

/** The one order all machines agree on. */
export function sortFacts(facts: readonly CaseFact[]): CaseFact[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return [...byId.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function effectiveOutcome(
  base: { factId: FactId; at: number; zone: string; actor: UserId },
  outcome: OutcomeBody,
  correctedBy: FactId | null,
): EffectiveOutcome {
  const { code, numberId, cause, note } = outcome;
  return { ...base, code, numberId, cause, note, outcome, correctedBy };
}

function newestPromise(outcomes: readonly EffectiveOutcome[]): PromiseToPay | null {
  const last = outcomes.findLast((entry) => entry.outcome.promise !== null);
  const promise = last?.outcome.promise;
  return last === undefined || !promise ? null : { promiseId: last.factId, at: last.at, ...promise };
}

/** A later dispute of the same invoice replaces the earlier one. */
function openDisputes(outcomes: readonly EffectiveOutcome[]): Dispute[] {
  const byInvoice = new Map<InvoiceId, Dispute>();
  for (const entry of outcomes) {
    const { dispute } = entry.outcome;
    if (dispute === null) continue;
    byInvoice.set(dispute.invoiceId, { disputeId: entry.factId, at: entry.at, ...dispute });
  }
  return [...byInvoice.values()];
}

function openCallback(outcomes: readonly EffectiveOutcome[]): Callback | null {
  const index = outcomes.findLastIndex((entry) => entry.outcome.callback !== null);
  const entry = outcomes[index];
  const callback = entry?.outcome.callback;
  if (entry === undefined || !callback) return null;
  const answered = outcomes.slice(index + 1).some((later) => ['success', 'right-party', 'stop'].includes(outcomeClassOf[later.code]));
  if (answered) return null;
  return {
    callbackId: entry.factId, at: callback.at, zone: callback.zone, audience: callback.audience, owner: entry.actor, note: entry.note,
  };
}
