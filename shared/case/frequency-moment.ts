/**
 * From when the frequency of contacts lets a person be contacted again, for putting a list in order.
 *
 * Invariant: as the last contact left it, so it does not depend on now and a database can keep it; whoever makes a contact asks the
 * policy afresh. 0 = frequency does not bind, null = nobody knows until when it does.
 */
import type { CaseEntity } from './case-entity.ts';
import type { ContactRules } from './contact-rules.ts';
import type { FoldedCase } from './fold-case.ts';
import { consentsOfCase, contactsOfCase } from './list-contacts.ts';
import type { ContactRequest } from '../policy/contact/contact-request.ts';
import { clearState } from '../policy/contact/contact-request.ts';
import type { ContactRow } from '../policy/contact/contact-row.ts';
import { mayContact } from '../policy/contact/evaluate-contact.ts';
import type { PolicyCode } from '../policy/contact/policy-codes.ts';
import { overridablePolicyCodes } from '../policy/contact/policy-codes.ts';

const frequencyCodes: readonly PolicyCode[] = overridablePolicyCodes;

/** @param entity with this desk's own facts */
export function frequencyMoment(entity: CaseEntity, folded: FoldedCase, otherContacts: readonly ContactRow[], rules: ContactRules): number | null {
  const rows = [...contactsOfCase(entity, folded), ...otherContacts];
  if (rows.length === 0) return 0;
  const lastAtMs = Math.max(...rows.map(({ atMs }) => atMs));
  const allowance = folded.allowances.reduce((latest, { until }) => Math.max(latest, until), 0);
  const request: ContactRequest = {
    nowMs: lastAtMs, zones: rules.zones, place: rules.place, channel: 'phone', rows, caseId: entity.caseId, consents: consentsOfCase(folded),
    to: { value: null, workplace: false, givenByPerson: true, isRepresentative: true }, state: clearState, preferredHours: null,
    certificate: { tone: 'courtesy', held: 'full' }, written: { reminds: true, agreedTo: true },
    frequencyOverride: allowance > lastAtMs ? { untilMs: allowance } : null, calendar: rules.calendar,
  };
  const answer = mayContact(rules.policy, request);
  return answer.allowed || !answer.codes.some((code) => frequencyCodes.includes(code)) ? 0 : answer.nextAllowedAtMs;
}
