/**
 * The state of a case as a pure function of its set of facts.
 *
 * Invariants: the order in which facts arrived does not matter (they are taken by `at`, then
 * id), a fact given twice counts once, and an outcome that was corrected or annulled has no
 * effect but stays in the history. Hub and desk run this very code, so they converge.
 */
import type { CauseCode, OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { CaseFact, ListedPayment } from './case-entity.ts';
import type { FoldedCall, FoldedCalls } from './fold-calls.ts';
import { foldCalls } from './fold-calls.ts';
import type { FoldedAgreements } from './fold-agreements.ts';
import { foldAgreements } from './fold-agreements.ts';
import type { FoldedContacts } from './fold-contacts.ts';
import { foldContacts } from './fold-contacts.ts';
import type { ClockKind, FoldedDecisions } from './fold-decisions.ts';
import { clocksOf, foldDecisions } from './fold-decisions.ts';
import type { ContactPoint, Party } from './party.ts';
import type { Preferences } from '../facts/contact-bodies.ts';
import type { AuditBody, SuspensionBody } from '../facts/decision-bodies.ts';
import type { CallStartedBody, IdentityCheckedBody, SupportNeedBody } from '../facts/conduct-bodies.ts';
import type { AttachmentBody, KnownBody } from '../facts/fact-bodies.ts';
import type { MailRequestedBody } from '../facts/mail-bodies.ts';
import type { ContactMatchedBody } from '../facts/contact-task-bodies.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import { recordedMs } from '../facts/recording-bodies.ts';
import { readBody } from '../facts/fact-bodies.ts';
import type { CallId, FactId, NumberId, UserId } from '../id.ts';
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
  /** What a second person said of it. A rejected outcome stays a contact, and what was agreed in it does not bind. */
  audit: { verdict: AuditBody['verdict']; reason: string | null; at: number } | null;
}

export type { ClosedDispute, Dispute, PromiseToPay } from './fold-agreements.ts';

export interface Callback {
  callbackId: FactId;
  at: number;
  zone: string;
  audience: 'only-me' | 'anyone';
  owner: UserId;
  note: string | null;
}

/** What became of an agreement, a dispute or a payment; its body as it was written. */
export type AgreementNews = Extract<KnownBody, {
  type: 'plan-accepted' | 'agreement-cancelled' | 'plan-broken' | 'dispute-moved' | 'dispute-closed' | 'settlement-decided' | 'payment-recorded' | 'payment-reversed';
}>;

interface EntryHead { factId: FactId; at: number; zone: string; actor: UserId }

/** One line of the history, everything that ever happened, newest last. */
export type HistoryEntry = EntryHead & (
  | { kind: 'outcome'; outcome: OutcomeBody; status: 'effective' | 'corrected' | 'annulled'; reason: string | null; audit: EffectiveOutcome['audit'] }
  | { kind: 'correction'; targetFactId: FactId; outcome: OutcomeBody | null; reason: string; status: 'effective' | 'superseded' }
  | { kind: 'note'; text: string }
  | { kind: 'attachment'; attachment: AttachmentBody }
  | { kind: 'party'; party: Party; removed: boolean }
  | { kind: 'contact-point'; point: ContactPoint }
  | { kind: 'preferences'; preferences: Preferences }
  | { kind: 'suspension'; suspension: SuspensionBody; active: boolean }
  | { kind: 'priority'; until: PlainDate; reason: string }
  /** `answers`: the complaint or request that it was the answer to. */
  | { kind: 'resumption'; targetFactId: FactId; reason: string; answers: ClockKind | null }
  | { kind: 'audit'; targetFactId: FactId; verdict: AuditBody['verdict']; reason: string | null }
  | { kind: 'assignment'; ownerId: UserId; reason: string }
  | { kind: 'call'; direction: CallStartedBody['direction']; by: CallStartedBody['by']; ended: 'not-made' | null; end: FoldedCall['end']; isPermitted: boolean }
  | { kind: 'identity'; identity: IdentityCheckedBody }
  | { kind: 'script'; packId: string; packVersion: string; steps: number; objections: number }
  | { kind: 'allowance'; until: number; reason: string }
  | { kind: 'agreement'; about: AgreementNews }
  | { kind: 'mail'; mail: MailRequestedBody }
  | { kind: 'contact'; contact: ContactMatchedBody }
  | { kind: 'recording-answer'; answer: 'yes' | 'no' }
  | { kind: 'recording'; recordedMs: number; end: string; keepUntil: PlainDate }
  | { kind: 'unknown'; type: string }
);

export interface FoldedCase extends FoldedContacts, FoldedDecisions, FoldedCalls, FoldedAgreements {
  /** What the person asked us to remember; null = nothing, or consent was withdrawn. */
  supportNeed: (SupportNeedBody & { at: number }) | null;
  outcomes: EffectiveOutcome[];
  /** What was asked for by mail, oldest first. */
  mails: (MailRequestedBody & { factId: FactId; at: number; callId: CallId | null })[];
  /** The newest agreed callback, until any later contact answers it. */
  callback: Callback | null;
  history: HistoryEntry[];
}

/** A fact with its body understood. */
export type ReadFact = KnownBody & { fact: CaseFact };

/** Folds a set of facts; duplicates by id and any order are fine. @param listed what paid lists said came in */
export function foldCase(facts: readonly CaseFact[], listed: readonly ListedPayment[] = []): FoldedCase {
  const ordered = sortFacts(facts).map((fact): ReadFact => ({ ...readBody(fact.type, fact.version, fact.body), fact }));
  const corrections = new Map<FactId, { factId: FactId; replacement: OutcomeBody | null; reason: string }>();
  const audits = new Map<FactId, NonNullable<EffectiveOutcome['audit']>>();
  for (const read of ordered) {
    if (read.type === 'outcome-corrected') {
      corrections.set(read.body.targetFactId, { factId: read.fact.id, replacement: read.body.replacement, reason: read.body.reason });
      // What was judged is no longer what stands.
      audits.delete(read.body.targetFactId);
    }
    if (read.type === 'outcome-audited') {
      audits.set(read.body.targetFactId, { verdict: read.body.verdict, reason: read.body.reason, at: read.fact.at });
    }
  }

  const outcomes: EffectiveOutcome[] = [];
  for (const read of ordered) {
    if (read.type !== 'outcome-recorded') continue;
    const correction = corrections.get(read.fact.id);
    const outcome = correction === undefined ? read.body : correction.replacement;
    if (outcome === null) continue;
    const { code, numberId, cause, note } = outcome;
    outcomes.push({
      ...headOf(read.fact), code, numberId, cause, note, outcome, correctedBy: correction?.factId ?? null, audit: audits.get(read.fact.id) ?? null,
    });
  }
  const binding = outcomes.filter((outcome) => outcome.audit?.verdict !== 'rejected');
  const decisions = foldDecisions(ordered, binding);
  const calls = foldCalls(ordered);
  const owed = new Map(outcomes.flatMap(clocksOf).map(({ factId, kind }) => [factId, kind]));
  const history = ordered.flatMap((read) => historyEntry(read, { corrections, audits, decisions, calls, owed }));
  return {
    outcomes, callback: openCallback(outcomes), history,
    mails: ordered.flatMap((read) => (read.type === 'mail-requested' ? [{ ...read.body, factId: read.fact.id, at: read.fact.at, callId: read.fact.callId }] : [])), supportNeed: newestSupportNeed(ordered), ...foldAgreements(ordered, binding, listed), ...foldContacts(ordered, outcomes), ...decisions, ...calls,
  };
}

function headOf(fact: CaseFact): EntryHead {
  return { factId: fact.id, at: fact.at, zone: fact.zone, actor: fact.actor };
}

interface HistoryContext {
  corrections: ReadonlyMap<FactId, { factId: FactId; replacement: OutcomeBody | null; reason: string }>;
  audits: ReadonlyMap<FactId, NonNullable<EffectiveOutcome['audit']>>;
  decisions: FoldedDecisions;
  calls: FoldedCalls;
  owed: ReadonlyMap<FactId, ClockKind>;
}

function historyEntry(read: ReadFact, { corrections, audits, decisions, calls, owed }: HistoryContext): HistoryEntry[] {
  const head = headOf(read.fact);
  switch (read.type) {
    case 'outcome-recorded': {
      const correction = corrections.get(head.factId);
      const status = correction === undefined ? 'effective' : correction.replacement === null ? 'annulled' : 'corrected';
      return [{ kind: 'outcome', ...head, outcome: read.body, status, reason: correction?.reason ?? null, audit: audits.get(head.factId) ?? null }];
    }
    case 'outcome-corrected': {
      const { targetFactId, replacement, reason } = read.body;
      const isLast = corrections.get(targetFactId)?.factId === head.factId;
      return [{ kind: 'correction', ...head, targetFactId, outcome: replacement, reason, status: isLast ? 'effective' : 'superseded' }];
    }
    case 'note-added': return [{ kind: 'note', ...head, text: read.body.text }];
    case 'attachment-added': return [{ kind: 'attachment', ...head, attachment: read.body }];
    case 'party-saved': return [{ kind: 'party', ...head, party: read.body.party, removed: read.body.removed }];
    case 'contact-point-saved': return [{ kind: 'contact-point', ...head, point: read.body.point }];
    case 'preferences-saved': return [{ kind: 'preferences', ...head, preferences: read.body.preferences }];
    case 'activity-suspended': {
      const active = decisions.suspensions.some((suspension) => suspension.factId === head.factId);
      return [{ kind: 'suspension', ...head, suspension: read.body, active }];
    }
    case 'priority-set': return [{ kind: 'priority', ...head, until: read.body.until, reason: read.body.reason }];
    case 'activity-resumed': return [{ kind: 'resumption', ...head, targetFactId: read.body.targetFactId, reason: read.body.reason, answers: owed.get(read.body.targetFactId) ?? null }];
    case 'outcome-audited': return [{ kind: 'audit', ...head, targetFactId: read.body.targetFactId, verdict: read.body.verdict, reason: read.body.reason }];
    case 'customer-assigned': return [{ kind: 'assignment', ...head, ownerId: read.body.ownerId, reason: read.body.reason }];
    case 'call-started': {
      const call = calls.calls.find(({ callId }) => callId === read.fact.callId);
      return [{ kind: 'call', ...head, direction: read.body.direction, by: read.body.by, ended: call?.isNotMade === true ? 'not-made' : null, end: call?.end ?? null, isPermitted: call?.isPermitted ?? false }];
    }
    case 'identity-checked': return [{ kind: 'identity', ...head, identity: read.body }];
    case 'script-followed': {
      const { packId, packVersion, path, objections } = read.body;
      return [{ kind: 'script', ...head, packId, packVersion, steps: path.length, objections: objections.length }];
    }
    case 'plan-accepted':
    case 'agreement-cancelled':
    case 'plan-broken':
    case 'dispute-moved':
    case 'dispute-closed':
    case 'settlement-decided':
    case 'payment-recorded':
    case 'payment-reversed': {
      const { fact: _fact, ...about } = read;
      return [{ kind: 'agreement', ...head, about }];
    }
    case 'mail-requested': return [{ kind: 'mail', ...head, mail: read.body }];
    case 'contact-allowed': return [{ kind: 'allowance', ...head, until: read.body.until, reason: read.body.reason }];
    case 'recording-answered': return [{ kind: 'recording-answer', ...head, answer: read.body.answer }];
    // Never its key: who is shown a history hears nothing by it.
    case 'call-recorded': return [{ kind: 'recording', ...head, recordedMs: recordedMs(read.body), end: read.body.end, keepUntil: read.body.keepUntil }];
    // A permit, the moves and the end are told with their call; what a person needs has a place and a visibility of its own.
    case 'contact-permitted':
    case 'call-ended':
    case 'call-moved':
    case 'support-need-saved':
      return [];
    // A flag is about a fact, not about the customer: its answer stands in the flags inbox.
    case 'flag-settled': return [];
    // A message is between colleagues: it says nothing of the customer that the case would know.
    case 'message-sent': return [];
    case 'contact-matched': return [{ kind: 'contact', ...head, contact: read.body }];
    // Of no case: what is matched carries its words along.
    case 'contact-noted':
    case 'contact-closed':
      return [];
    case 'unknown': return [{ kind: 'unknown', ...head, type: read.fact.type }];
  }
}

/** The one order all machines agree on. */
export function sortFacts(facts: readonly CaseFact[]): CaseFact[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return [...byId.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function newestSupportNeed(ordered: readonly ReadFact[]): FoldedCase['supportNeed'] {
  const newest = ordered.findLast((read) => read.type === 'support-need-saved');
  return newest === undefined || newest.body.consent === 'withdrawn' ? null : { ...newest.body, at: newest.fact.at };
}

function openCallback(outcomes: readonly EffectiveOutcome[]): Callback | null {
  const index = outcomes.findLastIndex((entry) => entry.outcome.callback !== null);
  const entry = outcomes[index];
  const callback = entry?.outcome.callback;
  if (entry === undefined || !callback) return null;
  const answered = outcomes.slice(index + 1).some((later) => ['success', 'right-party', 'stop'].includes(outcomeRules[later.code].class));
  if (answered) return null;
  return {
    callbackId: entry.factId, at: callback.at, zone: callback.zone, audience: callback.audience, owner: entry.actor, note: entry.note,
  };
}
