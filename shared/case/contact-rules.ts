/**
 * By which rules the customer of a case may be contacted: the creditor's policy for this kind of customer, and where and when the
 * customer lives.
 *
 * Invariants: where nothing was published `standardConduct` holds; what a creditor published and this build cannot read leaves the
 * preset in force, which is never looser than the law it is made after. Pure: the same conduct gives the same policy object, so that
 * what hangs on it (opening hours) is computed once.
 */
import type { CaseEntity, DebtorKind } from './case-entity.ts';
import type { CreditorId } from '../id.ts';
import type { ContactPlace } from '../policy/contact/calendar.ts';
import { plainCity } from '../policy/contact/calendar.ts';
import { nextOpen, openingHours } from '../policy/contact/opening-hours.ts';
import type { ContactCalendar, ContactPolicy } from '../policy/contact/policy-pack.ts';
import { emptyCalendar } from '../policy/contact/policy-pack.ts';
import { findStandardPolicy } from '../policy/contact/standard-policies.ts';
import { placeOfAddress } from '../policy/contact/place-of-address.ts';
import { tightenPolicy } from '../policy/contact/tighten-policy.ts';
import { possibleZones } from '../policy/contact/zones.ts';
import type { Conduct } from '../protocol/conduct-protocol.ts';
import type { PriorityEntity } from '../protocol/feed-protocol.ts';
import { standardConduct, standardPolicyOfKind } from '../protocol/conduct-protocol.ts';

/** What was published for the whole house. */
export interface House {
  conductOf(creditorId: CreditorId): Conduct;
  calendar: ContactCalendar;
  /** Queues that leads put before the others, whether or not their day has passed. */
  priorities?: readonly PriorityEntity[];
  /** Invented data: nobody is rung, so whoever practises may do so at any hour. All other rules hold. */
  isPractice?: boolean;
}

export interface ContactRules {
  conduct: Conduct;
  policy: ContactPolicy;
  /** The same with its hours, where the policy is that of practice: what is agreed for later is agreed as in earnest. */
  published: ContactPolicy;
  calendar: ContactCalendar;
  /** Where the customer may be; never empty. */
  zones: readonly string[];
  place: ContactPlace;
}

const standards = new Map<CreditorId, Conduct>();

/** Nothing was published. */
export const standardHouse: House = {
  conductOf: (creditorId) => {
    const known = standards.get(creditorId) ?? standardConduct(creditorId);
    standards.set(creditorId, known);
    return known;
  },
  calendar: emptyCalendar,
};

const policies = new WeakMap<Conduct, Map<DebtorKind, ContactPolicy>>();

/** The policy that a creditor chose for a kind of customer, with its stricter values. */
export function policyOf(conduct: Conduct, kind: DebtorKind): ContactPolicy {
  let ofKind = policies.get(conduct);
  if (ofKind === undefined) policies.set(conduct, (ofKind = new Map<DebtorKind, ContactPolicy>()));
  let policy = ofKind.get(kind);
  if (policy === undefined) ofKind.set(kind, (policy = makePolicy(conduct, kind)));
  return policy;
}

const practised = new WeakMap<ContactPolicy, ContactPolicy>();

/** A policy without hours and holidays, under a name of its own. */
function atAnyHour(policy: ContactPolicy): ContactPolicy {
  const known = practised.get(policy);
  if (known !== undefined) return known;
  const all = [{ from: '00:00', to: '24:00' }];
  const made: ContactPolicy = { ...policy, id: `${policy.id}-practice`, hours: { ...policy.hours, weekday: all, saturday: all, sunday: all, holiday: 'as-other-days' } };
  practised.set(policy, made);
  return made;
}

/** The policy by which a kind of customer may be contacted now. */
export function policyNow(house: House, conduct: Conduct, kind: DebtorKind): ContactPolicy {
  const policy = policyOf(conduct, kind);
  return house.isPractice === true ? atAnyHour(policy) : policy;
}

function makePolicy(conduct: Conduct, kind: DebtorKind): ContactPolicy {
  const pack = findStandardPolicy(conduct.policyOfKind[kind]) ?? findStandardPolicy(standardPolicyOfKind[kind]);
  if (pack === null) throw new Error(`no contact policy for ${kind}`);
  const stricter = conduct.stricter[pack.id];
  if (stricter === undefined) return pack;
  const tightened = tightenPolicy(pack, stricter);
  return tightened.ok ? tightened.value : pack;
}

type RuledCase = Pick<CaseEntity, 'creditorId' | 'customer'>;
/** The holder's numbers tell where a customer may be; those of others do not. */
type Numbers = readonly { e164: string | null; country: string | null; partyId: string | null; usable: boolean }[];

/** @param siteZone of the agency, where nothing tells where the customer is */
export function contactRulesOf(entity: RuledCase, numbers: Numbers, house: House, siteZone: string): ContactRules {
  const conduct = house.conductOf(entity.creditorId);
  const published = policyOf(conduct, entity.customer.kind);
  const policy = policyNow(house, conduct, entity.customer.kind);
  const { country } = policy.scope;
  const own = numbers.filter(({ partyId, usable }) => partyId === null && usable);
  const lives = placeOfAddress(entity.customer.address, country);
  const city = lives.city ?? conduct.city;
  const place = { ...lives, city: city !== null && hasOwnDays(policy, house.calendar, city) ? city : null };
  const address = entity.customer.address === null ? null : lives;
  return { conduct, policy, published, calendar: house.calendar, place, zones: possibleZones({ numbers: own, address }, { zone: siteZone, country }) };
}

/** Only such a city tells one day from another. */
function hasOwnDays(policy: ContactPolicy, calendar: ContactCalendar, city: string): boolean {
  const cities = citiesWithDays(policy, calendar);
  return cities.size > 0 && cities.has(plainCity(city));
}

const citiesOfPolicies = new WeakMap<ContactPolicy, WeakMap<ContactCalendar, ReadonlySet<string>>>();

/** Gathered once per policy and calendar, for it is asked of every case. */
function citiesWithDays(policy: ContactPolicy, calendar: ContactCalendar): ReadonlySet<string> {
  let ofCalendar = citiesOfPolicies.get(policy);
  if (ofCalendar === undefined) citiesOfPolicies.set(policy, (ofCalendar = new WeakMap<ContactCalendar, ReadonlySet<string>>()));
  let cities = ofCalendar.get(calendar);
  if (cities === undefined) ofCalendar.set(calendar, (cities = new Set([...policy.holidays.cities, ...calendar.patronSaints].map((entry) => plainCity(entry.city)))));
  return cities;
}

type HoursOf = Pick<ContactRules, 'policy' | 'calendar' | 'zones' | 'place'>;

/** The first instant, not before the given one, at which hours and holidays let the customer be called; null when none is in sight. */
export function nextCallingMoment(rules: HoursOf, instantMs: number): number | null {
  return nextOpen(rules.zones.map((zone) => openingHours(rules.policy, rules.calendar, rules.place, zone)), instantMs);
}

/** Whether hours and holidays let a call be agreed for an instant. */
export function isCallingTime(rules: ContactRules, instantMs: number): boolean {
  return nextCallingMoment({ ...rules, policy: rules.published }, instantMs) === instantMs;
}
