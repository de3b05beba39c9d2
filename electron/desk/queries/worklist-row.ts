/** Not all of it is shown: the hub speaks of it in words that this build does not know. */
export const needsUpdate = { key: 'needs-update', params: {} };

/** One line of any list of cases. */
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import { nextCallingMoment } from '../../../shared/case/contact-rules.ts';
import type { CaseInBook } from '../projections/case-book.ts';

export function worklistRow(held: CaseInBook, drafts: ReadonlySet<string>, nowMs: number): WorklistRow {
  const { entity, view, newer } = held;
  const last = view.folded.outcomes.at(-1);
  return {
    caseId: entity.caseId,
    customerName: entity.customer.name,
    customerCode: entity.customer.code,
    creditorId: entity.creditorId,
    creditorName: entity.creditorName,
    kind: entity.customer.kind,
    tone: view.tone,
    openCents: view.openCents,
    claimableCents: view.claimableCents,
    currency: view.currency,
    invoiceCount: view.invoices.length,
    reasons: newer ? [...view.reasons, needsUpdate] : view.reasons,
    blocked: view.blocked ?? closedNow(held, nowMs),
    callbackAt: view.callback?.at ?? null,
    promiseDueOn: view.promise?.dueOn ?? null,
    disputed: view.disputedCents > 0,
    number: view.numbers.find((number) => number.usable)?.raw ?? null,
    lastOutcome: last === undefined ? null : { code: last.code, at: last.at },
    hasDraft: drafts.has(entity.caseId),
  };
}

/** It may be worked, but its customer may not be called now. */
function closedNow({ view }: CaseInBook, nowMs: number): WorklistRow['blocked'] {
  const opensAt = nextCallingMoment(view.rules, nowMs);
  return opensAt === nowMs ? null : { reason: { key: 'outside-hours', params: {} }, until: opensAt };
}
