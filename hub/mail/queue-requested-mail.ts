/**
 * What facts ask to be mailed goes into the outbox, in the transaction that stores them.
 *
 * Invariants: the lock that the desk asked is asked again, with what the hub knows: what it refuses stands in the outbox as failed, so that the operator and the
 * lead see it, and never goes; a fact queues once, however often it comes. A copy of an invoice that nobody has is flagged and queues nothing.
 */
import { findMailLock } from '../../shared/case/find-mail-lock.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import { foldOnce } from '../facts/fold-once.ts';
import type { LoadedCase } from '../receivables/load-case.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { Tx } from '../store/tables.ts';
import { contactPolicyOf } from './contact-policy-of.ts';
import { queueMail } from './queue-mail.ts';

/** Answers the facts that may not be sent, and why. @param cases with the facts among theirs; what is queued here is added to them */
export async function queueRequestedMail(tx: Tx, nowMs: number, facts: readonly Fact[], cases: ReadonlyMap<CaseId, LoadedCase>): Promise<Map<FactId, string>> {
  const refused = new Map<FactId, string>();
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    const loaded = header.caseId === undefined ? undefined : cases.get(header.caseId);
    if (known.type !== 'mail-requested' || loaded === undefined || known.body.attachmentFactId === null) continue;
    const { entity } = loaded;
    const { to, partyId, readBack, attachmentFactId, what, language } = known.body;
    const policy = await contactPolicyOf(tx, entity);
    const lock = findMailLock({ entity, folded: foldOnce(entity), policy, nowMs: header.at, zone: SITE_ZONE }, { to, partyId, readBack, callId: header.callId ?? null });
    if (lock !== null) refused.set(header.id, lock);
    const { caseId, customerId, creditorId } = entity;
    await queueMail(tx, nowMs, { causeFactId: header.id, kind: what, caseId, customerId, creditorId, attachmentFactId, to, language }, lock === null ? null : 'not-allowed');
    entity.mails = [...entity.mails, { causeFactId: header.id, state: lock === null ? 'queued' : 'failed', code: lock === null ? null : 'not-allowed', at: nowMs }];
  }
  return refused;
}
