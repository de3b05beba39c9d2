/**
 * What somebody should look at in how a person was contacted, once all desks' contacts are known.
 *
 * Invariants: pure, over the *set* of a person's facts: whatever the order in which they came, the same facts have the same flags. A permit
 * is judged by what lies before it, under the conduct that it names, and the hub's own packs; a call that was not made is no contact.
 * What a desk of before recorded has no call and raises nothing.
 *
 *   permit ──▶ frequency-exceeded | frequency-allowed (a lead's word covers it), not-certified
 *   outcome ─▶ contact-without-permit, identity-not-confirmed
 */
import type { CaseEntity, CaseFact, Tone } from '../../shared/case/case-entity.ts';
import { tones } from '../../shared/case/case-entity.ts';
import { agreedFigures } from '../../shared/facts/agreed-figures.ts';
import type { ContactRules, House } from '../../shared/case/contact-rules.ts';
import { contactRulesOf } from '../../shared/case/contact-rules.ts';
import type { FrequencyAllowance } from '../../shared/case/fold-calls.ts';
import type { FoldedCase } from '../../shared/case/fold-case.ts';
import { foldCase } from '../../shared/case/fold-case.ts';
import { channelOf, consentsOfCase, contactsOfCase } from '../../shared/case/list-contacts.ts';
import { isInboundChannel } from '../../shared/case/outcome-codes.ts';
import { outcomeRules } from '../../shared/case/outcome-rules.ts';
import { viewCase } from '../../shared/case/view-case.ts';
import { viewPeople } from '../../shared/case/view-people.ts';
import type { ContactPermittedBody } from '../../shared/facts/conduct-bodies.ts';
import type { FactType, KnownBody } from '../../shared/facts/fact-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { CallId, CreditorId, FactId, UserId } from '../../shared/id.ts';
import type { ContactAnswer } from '../../shared/policy/contact/contact-request.ts';
import { clearState } from '../../shared/policy/contact/contact-request.ts';
import type { ContactConsent, ContactRow } from '../../shared/policy/contact/contact-row.ts';
import { mayContact } from '../../shared/policy/contact/evaluate-contact.ts';
import { overridablePolicyCodes } from '../../shared/policy/contact/policy-codes.ts';
import { emptyCalendar } from '../../shared/policy/contact/policy-pack.ts';
import type { Conduct } from '../../shared/protocol/conduct-protocol.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { zoneSchema } from '../../shared/time.ts';
import type { HeldAt } from '../conduct/certificates.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { FoundFlag } from './find-flags.ts';

/** With whoever did what it is about: told to nobody else but leads. */
export interface ConductFlag extends FoundFlag { actor: UserId }

export interface ConductRules {
  /** As published with this number, or null where the hub has none such. */
  conductOf: (creditorId: CreditorId, version: number) => Conduct | null;
  heldAt: HeldAt;
}

/** The types that may change a flag of conduct. */
export const conductTypes: readonly FactType[] = [
  'outcome-recorded', 'outcome-corrected', 'contact-permitted', 'call-started', 'call-moved', 'call-ended', 'identity-checked', 'contact-allowed',
];

/** Of the person, over all cases. */
interface History { rows: readonly ContactRow[]; consents: readonly ContactConsent[]; allowances: readonly FrequencyAllowance[] }
interface PersonCase { entity: CaseEntity; folded: FoldedCase }
type Read = KnownBody & { fact: CaseFact; of: PersonCase };
type Permit = Read & { body: ContactPermittedBody };

/**
 * @param entities every case of one person
 * @param news the facts that have just come
 * `looked`: the facts that were judged anew; a flag of conduct on one of them that is not in `flags` stands no longer.
 */
export function findConductFlags(
  entities: readonly CaseEntity[], news: ReadonlySet<FactId>, rules: ConductRules,
): { looked: Set<FactId>; flags: ConductFlag[] } {
  const cases = entities.map((entity): PersonCase => ({ entity, folded: foldCase(entity.facts, entity.payments) }));
  const reads = cases.flatMap((of) => of.entity.facts.map((fact): Read => ({ ...readBody(fact.type, fact.version, fact.body), fact, of })));
  const { fromMs, callIds } = reach(reads, news);
  const rows = cases.flatMap(({ entity, folded }) => contactsOfCase(entity, folded));
  const consents = cases.flatMap(({ folded }) => consentsOfCase(folded));
  const allowances = cases.flatMap(({ folded }) => folded.allowances);
  const looked = new Set<FactId>();
  const flags: ConductFlag[] = [];
  for (const read of reads) {
    const { callId, at } = read.fact;
    if (callId === null) continue;
    if (read.type === 'contact-permitted' && (at >= fromMs || callIds.has(callId))) {
      looked.add(read.fact.id);
      flags.push(...judgePermit(read, callId, { rows, consents, allowances }, rules));
    }
    if (read.type === 'outcome-recorded' && callIds.has(callId)) {
      looked.add(read.fact.id);
      flags.push(...judgeOutcome(read, callId, reads));
    }
  }
  return { looked, flags };
}

/** From when on, and in which calls, the new facts may change a judgement. */
function reach(reads: readonly Read[], news: ReadonlySet<FactId>): { fromMs: number; callIds: Set<CallId> } {
  const byId = new Map(reads.map((read) => [read.fact.id, read.fact]));
  const callIds = new Set<CallId>();
  let fromMs = Infinity;
  for (const read of reads) {
    if (!news.has(read.fact.id)) continue;
    const meant = read.type === 'outcome-corrected' ? byId.get(read.body.targetFactId) : read.fact;
    if (meant === undefined) continue;
    fromMs = Math.min(fromMs, meant.at);
    if (meant.callId !== null) callIds.add(meant.callId);
  }
  // A contact counts from when its call began.
  for (const { fact } of reads) if (fact.callId !== null && callIds.has(fact.callId)) fromMs = Math.min(fromMs, fact.at);
  return { fromMs, callIds };
}

function judgePermit(permit: Permit, callId: CallId, history: History, rules: ConductRules): ConductFlag[] {
  const { fact, of, body } = permit;
  const { entity, folded } = of;
  if (folded.calls.some((call) => call.callId === callId && call.isNotMade)) return [];
  const named = rulesOf(permit, rules);
  const { policy } = named;
  const flags: ConductFlag[] = [];
  const counted = recount(named, permit, callId, history);
  const exceeded = counted.allowed ? undefined : counted.codes.find((code) => overridablePolicyCodes.some((one) => one === code));
  const allowance = sortAllowances(history.allowances, body.allowedBy).find(({ factId, at, until }) =>
    at <= fact.at && fact.at < until && (factId === body.allowedBy || exceeded !== undefined));
  if (allowance !== undefined) flags.push(flagOf(permit, 'frequency-allowed', { reason: allowance.reason }));
  else if (exceeded !== undefined) flags.push(flagOf(permit, 'frequency-exceeded', { rule: exceeded, ...numbersIn(counted.counters) }));
  if (channelOf[body.channel] === 'phone') {
    const missing = tones.filter((tone) => policy.certificates[tone] && rules.heldAt(fact.actor, tone, fact.at, zoneOf(fact)) === 'none');
    const tone = missing.length === 0 ? null : toneAt(entity, fact);
    if (tone !== null && missing.includes(tone)) flags.push(flagOf(permit, 'not-certified', { tone }));
  }
  return flags;
}

/** The one that the permit names first, then the newest: the same whatever came first. */
function sortAllowances(allowances: readonly FrequencyAllowance[], named: FactId | null): FrequencyAllowance[] {
  const rank = ({ factId }: FrequencyAllowance): number => (factId === named ? 0 : 1);
  return allowances.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at || (a.factId < b.factId ? -1 : 1));
}

/** The rules that the permit names: the creditor's own, as published with its number, where the customer may be. */
function rulesOf({ fact, of: { entity, folded }, body }: Permit, rules: ConductRules): ContactRules {
  const { conductVersion } = body.policy;
  const published = conductVersion === null ? null : rules.conductOf(entity.creditorId, conductVersion);
  const house: House = { conductOf: () => published ?? standardConduct(entity.creditorId), calendar: emptyCalendar };
  return contactRulesOf(entity, viewPeople(entity, folded).numbers, house, zoneOf(fact));
}

/** What frequency says of this contact, by everything that is known to lie before it. */
function recount({ policy, zones, place, calendar }: ContactRules, { fact, of: { entity }, body }: Permit, callId: CallId, history: History): ContactAnswer {
  return mayContact(policy, {
    nowMs: fact.at, zones, place, channel: channelOf[body.channel],
    to: { value: body.to, workplace: false, givenByPerson: true, isRepresentative: false },
    rows: history.rows.filter(({ atMs, contactKey }) => contactKey !== callId && (atMs < fact.at || (atMs === fact.at && contactKey < callId))),
    caseId: entity.caseId,
    consents: history.consents.filter(({ givenAtMs }) => givenAtMs < fact.at),
    state: clearState, preferredHours: null, certificate: { tone: 'courtesy', held: 'full' }, written: { reminds: false, agreedTo: true },
    frequencyOverride: null, calendar,
  });
}

function judgeOutcome(read: Read, callId: CallId, reads: readonly Read[]): ConductFlag[] {
  const effective = read.of.folded.outcomes.find(({ factId }) => factId === read.fact.id);
  if (effective === undefined) return [];
  const ofCall = reads.filter(({ fact }) => fact.callId === callId);
  const { code, outcome: { channel, spokeWith } } = effective;
  const flags: ConductFlag[] = [];
  if (!isInboundChannel(channel) && !ofCall.some(({ type }) => type === 'contact-permitted')) flags.push(flagOf(read, 'contact-without-permit', {}));
  const isAgreed = outcomeRules[code].class === 'success' && spokeWith !== 'other';
  const isPhone = channelOf[channel] === 'phone';
  if (isAgreed && isPhone && ofCall.some(({ type }) => type === 'call-started')) {
    const call = read.of.folded.calls.find((one) => one.callId === callId);
    if (call?.identity?.result !== 'confirmed') flags.push(flagOf(read, 'identity-not-confirmed', {}));
  }
  return flags;
}

function flagOf({ fact, of: { entity, folded } }: Read, code: FoundFlag['code'], details: FoundFlag['details']): ConductFlag {
  const outcome = folded.outcomes.find(({ factId }) => factId === fact.id)?.outcome ?? null;
  const agreed = outcome === null ? null : agreedFigures(outcome);
  return {
    factId: fact.id, caseId: entity.caseId, code, details, actor: fact.actor,
    about: {
      type: fact.type, at: fact.at, code: outcome?.code ?? null, amountCents: agreed?.amountCents ?? null, currency: agreed?.currency ?? null,
      dueOn: agreed?.dueOn ?? null, customerName: entity.customer.name, creditorName: entity.creditorName,
    },
  };
}

/** The tone that the case had when something was done, by what was known of it then. */
export function toneAt(entity: CaseEntity, { at, actor, zone }: Pick<CaseFact, 'at' | 'actor' | 'zone'>): Tone {
  return viewCase({ ...entity, facts: entity.facts.filter((fact) => fact.at < at) }, [], { nowMs: at, zone: zoneOf({ zone }), userId: actor }).tone;
}

/** A desk says what it likes; what is no zone is the site's. */
export function zoneOf({ zone }: Pick<CaseFact, 'zone'>): string {
  return zoneSchema.safeParse(zone).success ? zone : SITE_ZONE;
}

function numbersIn(counters: ContactAnswer['counters']): Record<string, number> {
  return Object.fromEntries(Object.entries(counters).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}
