/** What may be mailed about a case, to whom, and what stands in the way: asked of the same lock as the command and the hub. */
import type { MailCase } from '../../../shared/case/find-mail-lock.ts';
import { findMailLock, listMailAddresses } from '../../../shared/case/find-mail-lock.ts';
import { viewAgreements } from '../../../shared/case/view-agreements.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readRates } from '../store/house-rules.ts';

export function mailCaseOf(session: Session, { entity, view }: Pick<CaseInBook, 'entity' | 'view'>): MailCase {
  const { nowMs, zone } = viewContext(session);
  return { entity, folded: view.folded, policy: view.rules.policy, nowMs, zone };
}

export function showMail(session: Session, { caseId }: QueryRequest<'show-mail'>): Result<QueryOutput<'show-mail'>> {
  const context = viewContext(session);
  const held = session.book.get(caseId, context);
  if (held === null) return fail('case-not-mine', 'error.caseNotMine');
  const { entity, view } = held;
  const mail = mailCaseOf(session, held);
  const addresses = listMailAddresses(mail).map((address) => {
    const party = view.parties.find(({ partyId }) => partyId === address.partyId);
    return { ...address, name: party?.name ?? entity.customer.name, role: party?.role ?? 'holder' as const, lock: findMailLock(mail, { ...address, readBack: true }) };
  });
  const { plan, interest } = viewAgreements(view, entity.customer.kind, readRates(session.db), context);
  const [first] = addresses;
  const common = first !== undefined && addresses.every(({ lock }) => lock === first.lock) ? first.lock : null;
  return ok({
    addresses, lock: common, planId: plan === null || plan.state === 'proposed' ? null : plan.planId,
    hasCoordinates: view.rules.conduct.agreements.coordinates !== null && view.invoices.some(({ claimableCents }) => claimableCents > 0),
    hasInterest: interest !== null && interest.invoices.length > 0,
    files: view.folded.history.toReversed().flatMap((entry) => (entry.kind === 'attachment' ? [{ factId: entry.factId, fileName: entry.attachment.fileName, at: entry.at }] : [])),
    invoices: view.invoices.filter(({ residualCents }) => residualCents > 0).map(({ invoiceId, number }) => ({ invoiceId, number })),
  });
}
