/**
 * What the contact policy is asked about a case of this store: the person's contacts and consents across creditors, and what stands in
 * the way, for one number or address.
 *
 * Invariant: everything is read afresh, so a permit never rests on what was true a moment ago; of other creditors' cases only times,
 * results and refusals come along, nothing that is shown.
 */
import type { FrequencyAllowance } from '../../../shared/case/fold-calls.ts';
import type { FoldedCase } from '../../../shared/case/fold-case.ts';
import { channelOf, consentsOfCase, contactsOfCase } from '../../../shared/case/list-contacts.ts';
import type { contactChannels } from '../../../shared/case/outcome-codes.ts';
import type { Party } from '../../../shared/case/party.ts';
import type { CaseView } from '../../../shared/case/view-case.ts';
import type { doNotCallScopes } from '../../../shared/facts/contact-bodies.ts';
import { doNotCallOf } from '../../../shared/facts/contact-bodies.ts';
import type { NumberId, PartyId } from '../../../shared/id.ts';
import type { ContactRequest, ContactState } from '../../../shared/policy/contact/contact-request.ts';
import type { ContactRow } from '../../../shared/policy/contact/contact-row.ts';
import { addDays, dateOfInstant, instantOf } from '../../../shared/time.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { OtherCase } from '../projections/view-held-case.ts';
import { readOtherCases, withOwnFacts } from '../projections/view-held-case.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { readCertificate } from '../store/house-rules.ts';

export type Channel = (typeof contactChannels)[number];

const DAY_MS = 86_400_000;

/** What a call or a letter goes to. */
export interface ContactTarget {
  pointId: NumberId | null;
  /** E.164, or as written; null where none is known to the case. */
  to: string | null;
  partyId: PartyId | null;
  workplace: boolean;
  givenByPerson: boolean;
  /** It was refused, turned out wrong, or stands beside a representative. */
  usable: boolean;
}

/** What is asked of a person, whatever the number: made once for all of a case's numbers. */
export interface AskedPerson {
  request: Omit<ContactRequest, 'channel' | 'to' | 'frequencyOverride'>;
  /** A lead's word that stands now. */
  allowance: FrequencyAllowance | null;
  parties: readonly Party[];
  /** Who asked not to be called by anybody, and who not for this creditor; null = the holder. */
  refusing: Record<(typeof doNotCallScopes)[number], ReadonlySet<PartyId | null>>;
  refusedNumbers: ReadonlySet<NumberId>;
}

/** Reads a case and the person's other cases for the policy. @param others those of this store, where they were not fetched */
export function askAbout(session: ReadingSession, held: CaseInBook, others: readonly OtherCase[] = readOtherCases(session.db, held.entity)): AskedPerson {
  const { nowMs, zone } = viewContext(session);
  const { view } = held;
  const entity = withOwnFacts(session.db, held.entity);
  const folds = [view.folded, ...others.map(({ folded }) => folded)];
  const rows: ContactRow[] = [...contactsOfCase(entity, view.folded), ...others.flatMap((other) => contactsOfCase(other.entity, other.folded))];
  const own = view.preferences.find(({ partyId }) => partyId === null) ?? null;
  const allowance = folds.flatMap(({ allowances }) => allowances).filter(({ until }) => until > nowMs).toSorted((a, b) => b.until - a.until)[0] ?? null;
  return {
    allowance, parties: view.parties, refusing: { person: refusingIn(view, 'person'), creditor: refusingIn(view, 'creditor') },
    refusedNumbers: new Set(view.folded.outcomes.flatMap(({ numberId, outcome }) => (numberId !== null && outcome.refusedContact === 'number' ? [numberId] : []))),
    request: {
      nowMs, zones: view.rules.zones, place: view.rules.place, rows, caseId: entity.caseId, calendar: view.rules.calendar,
      consents: folds.flatMap((folded) => consentsOfCase(folded)),
      state: stateOf(view, folds, zone),
      preferredHours: own?.hours ?? null,
      certificate: { tone: view.tone, held: readCertificate(session.db, session.user.userId, view.tone, dateOfInstant(nowMs, zone)) },
      written: { reminds: true, agreedTo: own?.channel === 'email' || own?.channel === 'pec' },
    },
  };
}

/** The request for one target; `override` as a lead set frequency aside. */
export function requestFor(asked: AskedPerson, channel: Channel, target: ContactTarget, override: { untilMs: number } | null): ContactRequest {
  const { request, parties, refusedNumbers, refusing } = asked;
  return {
    ...request, channel: channelOf[channel], frequencyOverride: override,
    state: {
      ...request.state, doNotCallPerson: request.state.doNotCallPerson || refusing.person.has(target.partyId),
      doNotCallCreditor: request.state.doNotCallCreditor || refusing.creditor.has(target.partyId),
      doNotCallNumber: target.pointId !== null && refusedNumbers.has(target.pointId) && !target.usable,
    },
    to: {
      value: target.to, workplace: target.workplace, givenByPerson: target.givenByPerson,
      isRepresentative: parties.some(({ partyId, role }) => partyId === target.partyId && role === 'representative'),
    },
  };
}

function refusingIn({ preferences }: Pick<CaseView, 'preferences'>, scope: (typeof doNotCallScopes)[number]): Set<PartyId | null> {
  return new Set(preferences.filter((wishes) => doNotCallOf(wishes) === scope).map(({ partyId }) => partyId));
}

/** A refusal to be called holds for the person, whoever the creditor, unless it names this one; what a lead decides or a dispute suspends holds for its case. */
function stateOf(view: CaseView, folds: readonly FoldedCase[], zone: string): ContactState {
  const { folded, openCents, claimableCents, disputedCents, rules } = view;
  const refusedAll = (one: FoldedCase): boolean =>
    one.outcomes.some(({ factId, outcome }) => outcome.refusedContact === 'person' && one.stops.some((stop) => stop.factId === factId));
  const breathingDays = rules.policy.breathingSpaceDays;
  const need = folded.supportNeed;
  const whole = folded.suspensions.filter(({ invoiceId }) => invoiceId === null);
  return {
    doNotCallPerson: folds.some((one) => one.preferences.some((wishes) => wishes.partyId === null && doNotCallOf(wishes) === 'person') || refusedAll(one)),
    doNotCallNumber: false,
    doNotCallCreditor: refusingIn(view, 'creditor').has(null),
    disputeOpen: openCents > 0 && claimableCents <= 0 && disputedCents > 0,
    represented: folded.represented !== null,
    stopped: folded.stops.length > 0,
    inabilityDeclaredAtMs: folded.outcomes.findLast(({ cause }) => cause === 'permanent-difficulty')?.at ?? null,
    breathingSpaceUntilMs: need !== null && breathingDays !== null && need.needs.includes('breathing-space') ? need.at + breathingDays * DAY_MS : null,
    suspendedUntilMs: whole.reduce<number | 'open' | null>((latest, { kind, until }) => {
      if (latest === 'open' || kind === 'excluded' || until === null) return 'open';
      return Math.max(latest ?? 0, instantOf(addDays(until, 1), '00:00', zone));
    }, null),
  };
}

/** Numbers to ring, or addresses to write to, as they stand. */
export function targetsOf(view: CaseView, channel: Channel, pointId: NumberId | null): ContactTarget[] {
  const numbers = view.numbers.map((number): ContactTarget => ({
    pointId: number.numberId, to: number.e164 ?? number.raw, partyId: number.partyId, workplace: number.workplace,
    givenByPerson: number.source === 'given-by-person', usable: number.usable,
  }));
  const kinds = channel === 'email' ? ['email', 'pec'] : channel === 'letter' ? ['post'] : [];
  const addresses = view.addresses.filter(({ kind }) => kinds.includes(kind)).map((point): ContactTarget => ({
    pointId: point.pointId, to: point.raw, partyId: point.partyId, workplace: point.workplace, givenByPerson: point.source === 'given-by-person', usable: point.usable,
  }));
  const all = kinds.length > 0 ? addresses : numbers;
  return pointId === null ? all : [...numbers, ...addresses].filter((target) => target.pointId === pointId);
}

/** Nothing the case knows of: a letter by hand, a number that was not noted. */
export const unknownTarget: ContactTarget = { pointId: null, to: null, partyId: null, workplace: false, givenByPerson: true, usable: true };
