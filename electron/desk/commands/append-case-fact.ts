/** Appends a fact about a case: who, when and what was seen are filled in here, for all commands alike. */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { FactType } from '../../../shared/facts/fact-bodies.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../../shared/facts/fact-header.ts';
import type { CallId, FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';

export interface BasedOnInput {
  caseRevision: number;
  scriptVersion: string | null;
}

export function appendCaseFact(
  session: Pick<Session, 'db' | 'clock' | 'siteZone' | 'user'>,
  entity: Pick<CaseEntity, 'caseId' | 'customerId'>,
  type: FactType,
  body: Fact['body'],
  basedOn: BasedOnInput,
  contact: { callId: CallId; policyVersion: string | null } | null = null,
): Fact {
  return appendFact(session.db, {
    id: newId<FactId>(),
    type,
    version: factVersions[type],
    caseId: entity.caseId,
    customerId: entity.customerId,
    at: session.clock.nowMs(),
    zone: session.siteZone,
    actor: session.user.userId,
    ...(contact === null ? {} : { callId: contact.callId }),
    basedOn: { ...basedOn, policyVersion: contact?.policyVersion ?? null },
  }, body);
}
