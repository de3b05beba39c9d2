/**
 * May this number or address be used now? The one answer of the desk, for the guard, for the permit and for what is noted afterwards.
 *
 * Invariants: a lease that is not live permits nothing, nor does a case that went to somebody else; a lead's allowance is used only
 * where frequency alone would refuse. Every answer is of now.
 */
import type { FactId } from '../../../shared/id.ts';
import type { ContactCounters, PolicyParams } from '../../../shared/policy/contact/contact-request.ts';
import { mayContact } from '../../../shared/policy/contact/evaluate-contact.ts';
import type { PolicyWarning } from '../../../shared/policy/contact/policy-codes.ts';
import type { LeaseState } from '../../../shared/policy/read-lease.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import { findLease } from '../queries/find-lease.ts';
import type { ReadingSession } from '../session.ts';
import { readCallOfCase } from '../store/open-call-store.ts';
import type { AskedPerson, Channel, ContactTarget } from './contact-request.ts';
import { askAbout, requestFor } from './contact-request.ts';

export type Permission = { counters: ContactCounters; warnings: PolicyWarning[]; allowedBy: FactId | null; nextAllowedAtMs: number | null; overridable: boolean } & (
  | { allowed: true }
  | { allowed: false; code: string; params: PolicyParams }
);

export interface Asking {
  held: CaseInBook;
  asked: AskedPerson;
  lease: LeaseState;
  /** A call of this case waits for its outcome: it is told first. */
  waits: boolean;
}

export function beginAsking(session: ReadingSession, held: CaseInBook): Asking {
  return { held, asked: askAbout(session, held), lease: findLease(session), waits: readCallOfCase(session.db, held.entity.caseId)?.putAsideAtMs != null };
}

const mandatedRoles: readonly string[] = ['guarantor', 'co-debtor'];

export function askPolicy({ held, asked, lease, waits }: Asking, channel: Channel, target: ContactTarget): Permission {
  const { policy, conduct } = held.view.rules;
  const plain = mayContact(policy, requestFor(asked, channel, target, null));
  const { counters } = plain;
  const none = { counters, warnings: [], allowedBy: null, nextAllowedAtMs: null, overridable: false };
  const refused = (code: string): Permission => ({ ...none, allowed: false, code, params: {} });
  if (held.taken) return refused('taken');
  // Whose it is may be ringing them now.
  if (held.served) return refused('served');
  if (lease.state !== 'live') return refused(`lease-${lease.state}`);
  if (waits && channel === 'phone-outbound') return refused('call-waits');
  const role = asked.parties.find(({ partyId }) => partyId === target.partyId)?.role;
  if (role !== undefined && mandatedRoles.includes(role) && !conduct.mayCallGuarantors) return refused('not-mandated');
  if (!target.usable && plain.allowed) return refused('number-retired');
  if (plain.allowed) return { ...none, allowed: true, warnings: plain.warnings };
  const { allowance } = asked;
  if (plain.overridable && allowance !== null) {
    const allowed = mayContact(policy, requestFor(asked, channel, target, { untilMs: allowance.until }));
    if (allowed.allowed) return { ...none, allowed: true, warnings: allowed.warnings, allowedBy: allowance.factId };
  }
  const { code, params, nextAllowedAtMs, overridable } = plain;
  return { ...none, allowed: false, code, params, nextAllowedAtMs, overridable };
}
