/**
 * The permit of a contact (design §6): asked for and committed in the transaction of what it permits, or refused with why and from when.
 *
 * Invariant: no outbound contact begins without one; it is good for the contact whose id it carries, and for no other.
 */
import type { ContactPermittedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId, FactId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { PERMIT_LASTS_MS } from '../../../shared/telephone/dial-permit.ts';
import type { BasedOnInput } from '../commands/append-case-fact.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import type { Permission } from './ask-policy.ts';
import { askPolicy, beginAsking } from './ask-policy.ts';
import type { Channel, ContactTarget } from './contact-request.ts';
import { targetsOf, unknownTarget } from './contact-request.ts';


export interface PermittedContact {
  callId: CallId;
  channel: Channel;
  target: ContactTarget;
  basedOn: BasedOnInput;
}

export interface TakenPermit { policyVersion: string; factId: FactId; validUntilMs: number }

/** Commits the permit and answers by which policy and until when; call inside the transaction of the contact. */
export function takePermit(session: Session, held: CaseInBook, contact: PermittedContact): Result<TakenPermit> {
  const permission = askPolicy(beginAsking(session, held), contact.channel, contact.target);
  if (!permission.allowed) return contactBlocked(permission);
  const { policy, conduct } = held.view.rules;
  const policyVersion = `${policy.id}@${policy.version}`;
  const body: ContactPermittedBody = {
    channel: contact.channel, pointId: contact.target.pointId, to: contact.target.to, partyId: contact.target.partyId,
    policy: { policyId: policy.id, version: policy.version, conductVersion: conduct.version }, counters: permission.counters,
    allowedBy: permission.allowedBy, validUntil: session.clock.nowMs() + PERMIT_LASTS_MS,
  };
  const fact = appendCaseFact(session, held.entity, 'contact-permitted', body, contact.basedOn, { callId: contact.callId, policyVersion });
  return ok({ policyVersion, factId: fact.header.id, validUntilMs: body.validUntil });
}

/** The refusal as the page tells it: `policy.<code>` with its params. */
export function contactBlocked({ code, params, nextAllowedAtMs, overridable }: Extract<Permission, { allowed: false }>): ReturnType<typeof fail> {
  const texts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
  return fail('contact-blocked', 'error.contactBlocked', { ...texts, code, nextAllowedAtMs, overridable });
}

/** The number or address that was chosen; one that the case does not know is none. */
export function targetOf(held: CaseInBook, channel: Channel, pointId: ContactTarget['pointId']): ContactTarget {
  return pointId === null ? unknownTarget : targetsOf(held.view, channel, pointId)[0] ?? unknownTarget;
}
