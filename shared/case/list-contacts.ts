/**
 * The contacts of a case as the contact policy counts them, and what the person consented to.
 *
 * Invariants: one contact, one row: permit, start and outcome with the same call id are the same contact, at the moment it began; one
 * that began and has no outcome (or whose outcome was annulled) was still an attempt, or what the telephone told of it; one that was
 * not made is none. Corrected outcomes count as corrected. Rows of all cases of a person are put together by the caller.
 */
import type { CaseEntity } from './case-entity.ts';
import type { FoldedCall } from './fold-calls.ts';
import type { EffectiveOutcome, FoldedCase } from './fold-case.ts';
import type { contactChannels } from './outcome-codes.ts';
import { isInboundChannel } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import { readBody } from '../facts/fact-bodies.ts';
import type { CallId, FactId, NumberId } from '../id.ts';
import type { ContactConsent, ContactResult, ContactRow, PolicyChannel } from '../policy/contact/contact-row.ts';

type BodyChannel = (typeof contactChannels)[number];

export const channelOf: Record<BodyChannel, PolicyChannel> = { 'phone-outbound': 'phone', 'phone-inbound': 'phone', email: 'email', letter: 'post', message: 'sms', 'email-inbound': 'email', 'letter-inbound': 'post' };

/** Every contact of the case, in any order. */
export function contactsOfCase(entity: CaseEntity, folded: Pick<FoldedCase, 'outcomes' | 'calls' | 'savedPoints'>): ContactRow[] {
  const callIds = new Map<FactId, CallId | null>(entity.facts.map((fact) => [fact.id, fact.callId]));
  const calls = new Map(folded.calls.map((call) => [call.callId, call]));
  const told = new Set<CallId>();
  const rows = folded.outcomes.map((outcome): ContactRow => {
    const callId = callIds.get(outcome.factId) ?? null;
    const call = callId === null ? undefined : calls.get(callId);
    if (callId !== null) told.add(callId);
    return { ...rowOfOutcome(entity, folded, outcome, call), contactKey: callId ?? outcome.factId };
  });
  for (const call of folded.calls) {
    if (!told.has(call.callId) && !call.isNotMade) rows.push(rowOfCall(entity, call));
  }
  return rows;
}

/** Callbacks that were booked: consent for the frequency of that call, until the person refuses further contact. */
export function consentsOfCase({ outcomes }: Pick<FoldedCase, 'outcomes'>): ContactConsent[] {
  return outcomes.flatMap(({ at, outcome }, index) => {
    if (outcome.callback === null) return [];
    const refused = outcomes.slice(index + 1).find((later) => later.outcome.refusedContact !== null);
    return [{ givenAtMs: at, untilMs: null, callbackAtMs: outcome.callback.at, revokedAtMs: refused?.at ?? null }];
  });
}

function rowOfOutcome(
  entity: CaseEntity, folded: Pick<FoldedCase, 'savedPoints'>, effective: EffectiveOutcome, call: FoldedCall | undefined,
): Omit<ContactRow, 'contactKey'> {
  const { outcome } = effective;
  const channel = channelOf[outcome.channel];
  const isWritten = channel === 'email' || channel === 'post' || channel === 'sms';
  const isTalk = isConversation(effective);
  return {
    // A call that was coded late began when it began.
    atMs: call !== undefined && call.at < effective.at ? call.at : effective.at,
    channel,
    // What was agreed in writing, the person wrote.
    direction: isInboundChannel(outcome.channel) || (isWritten && isTalk) ? 'inbound' : 'outbound',
    result: isWritten ? 'sent' : isTalk ? 'conversation' : resultOf(effective),
    to: addressOf(entity, folded, effective.numberId) ?? call?.to ?? null,
    partyId: outcome.partyId, caseId: entity.caseId, creditorId: entity.creditorId,
  };
}

function rowOfCall(entity: CaseEntity, call: FoldedCall): ContactRow {
  const channel = permittedChannel(entity, call.callId);
  return {
    contactKey: call.callId, atMs: call.at, channel, direction: call.direction, result: channel === 'phone' ? resultOfCall(call) : 'sent', to: call.to,
    partyId: call.partyId, caseId: entity.caseId, creditorId: entity.creditorId,
  };
}

/** What the telephone told, while nobody has said who it was: whoever answered counts as the right party, unless the gate says otherwise. */
function resultOfCall({ answeredAt, end, identity }: FoldedCall): ContactResult {
  if (end?.cause === 'busy') return 'busy';
  if (end?.cause === 'no-such-number') return 'not-in-service';
  if (answeredAt === null || identity?.result === 'third-party' || identity?.result === 'minor') return 'attempt';
  return end?.isDropped === true ? 'dropped' : 'conversation';
}

function permittedChannel(entity: CaseEntity, callId: CallId): PolicyChannel {
  for (const fact of entity.facts) {
    if (fact.callId !== callId) continue;
    const read = readBody(fact.type, fact.version, fact.body);
    if (read.type === 'contact-permitted') return channelOf[read.body.channel];
  }
  return 'phone';
}

/** Whether the right party talked: somebody else who took the call is a failed attempt. */
function isConversation({ code, outcome }: EffectiveOutcome): boolean {
  const kind = outcomeRules[code].class;
  if (kind === 'stop') return code !== 'DEC';
  return (kind === 'success' || kind === 'right-party') && outcome.spokeWith !== 'other';
}

function resultOf({ code }: EffectiveOutcome): ContactResult {
  switch (code) {
    case 'AM': return 'voicemail';
    case 'LB': return 'busy';
    case 'DC':
    case 'WN':
      return 'not-in-service';
    case 'DRP': return 'dropped';
    default: return 'attempt';
  }
}

function addressOf(entity: CaseEntity, { savedPoints }: Pick<FoldedCase, 'savedPoints'>, numberId: NumberId | null): string | null {
  if (numberId === null) return null;
  const saved = savedPoints.find((point) => point.pointId === numberId);
  if (saved !== undefined) return (saved.kind === 'phone' ? saved.e164 : null) ?? saved.raw;
  const number = entity.numbers.find((one) => one.numberId === numberId);
  if (number !== undefined) return number.e164 ?? number.raw;
  return entity.addresses.find((point) => point.pointId === numberId)?.raw ?? null;
}
