/**
 * The cases that a lead looked at: of anybody, fetched from the hub, held in memory for as long as the session.
 *
 * Invariants: nothing of them is written to the disk; a decision is taken about what was last fetched, so it is saved
 * even if the line goes meanwhile; this desk's own facts are always folded in.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { CaseReply } from '../../../shared/protocol/lead-protocol.ts';
import { caseReplySchema } from '../../../shared/protocol/lead-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { OtherCase } from '../projections/view-held-case.ts';
import { foldOther, viewHeldCase } from '../projections/view-held-case.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readCaseFacts } from '../store/fact-store.ts';

const MOST_HELD = 50;

const held = new WeakMap<Session, Map<CaseId, CaseReply>>();

/** As the hub has it now; what was fetched before when the hub cannot be asked. */
export async function fetchCase(session: Session, caseId: CaseId): Promise<Result<CaseReply>> {
  const known = casesOf(session);
  const reply = await session.sync.ask('GET', `/v1/cases/${caseId}`, caseReplySchema);
  if (!reply.ok) {
    if (reply.error.details['hub'] === 'unknown-case') return fail('case-not-found', 'error.caseNotFound');
    const before = known.get(caseId);
    return before === undefined || !reply.error.retryable ? reply : ok(before);
  }
  if (known.size >= MOST_HELD) known.clear();
  known.set(caseId, reply.value);
  return reply;
}

/** What the lead has in front, asked for only when this session has not seen it. */
export async function needCase(session: Session, caseId: CaseId): Promise<Result<CaseReply>> {
  const known = casesOf(session).get(caseId);
  return known === undefined ? fetchCase(session, caseId) : ok(known);
}

/** With this desk's own facts. */
export function viewFetched(session: Session, reply: CaseReply, without: string | null = null): CaseInBook {
  const facts = readCaseFacts(session.db, reply.case.caseId).filter((fact) => fact.id !== without);
  const entity: CaseEntity = without === null ? reply.case : { ...reply.case, facts: reply.case.facts.filter((fact) => fact.id !== without) };
  const view = viewHeldCase(session.db, entity, facts, viewContext(session), othersOf(session, reply));
  return { entity, revision: reply.revision, view, taken: false, served: false, newer: false };
}

/** Whether this very person recorded it; on another desk of theirs the hub says so. */
export function isOwnOutcome(session: Pick<Session, 'user'>, { view }: Pick<CaseInBook, 'view'>, factId: FactId): boolean {
  return view.folded.outcomes.some((outcome) => outcome.factId === factId && outcome.actor === session.user.userId);
}

/** The person's other cases, as they came along. */
export function othersOf(session: Session, reply: CaseReply): OtherCase[] {
  return reply.others.map((other) => foldOther(session.db, other));
}

function casesOf(session: Session): Map<CaseId, CaseReply> {
  let cases = held.get(session);
  if (cases === undefined) {
    cases = new Map();
    held.set(session, cases);
  }
  return cases;
}
