/**
 * The people of a case as they stand now: what files said and what operators learnt, in one.
 *
 * Invariants: an operator's word about a party or a number outweighs the file's; a retired number stays visible with
 * the reason and is never offered to be called; once somebody is represented only the representative's numbers are.
 */
import type { CaseEntity, PhoneNumber } from './case-entity.ts';
import type { FoldedCase } from './fold-case.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import type { ContactPoint, Party } from './party.ts';
import type { Preferences } from '../facts/contact-bodies.ts';

export interface NumberView extends PhoneNumber {
  /** The outcome that retired it. */
  retired: { code: OutcomeCode; at: number } | null;
  /** What came of the last call to it. */
  last: { code: OutcomeCode; at: number } | null;
  attempts: number;
}

export interface PeopleView {
  parties: Party[];
  /** In the order in which to ring them: never tried first, then the one tried longest ago. */
  numbers: NumberView[];
  addresses: ContactPoint[];
  preferences: Preferences[];
}

type PeopleOfCase = Pick<FoldedCase, 'savedParties' | 'savedPoints' | 'preferences' | 'retiredNumbers' | 'represented' | 'outcomes'>;

export function viewPeople(entity: Pick<CaseEntity, 'parties' | 'numbers' | 'addresses'>, folded: PeopleOfCase): PeopleView {
  const saved = new Map(folded.savedParties.map((entry) => [entry.party.partyId, entry]));
  const parties = [
    ...entity.parties.filter(({ partyId }) => !saved.has(partyId)),
    ...folded.savedParties.filter(({ removed }) => !removed).map(({ party }) => party),
  ];
  const points = new Map(folded.savedPoints.map((point) => [point.pointId, point]));
  const numbers = [
    ...entity.numbers.filter(({ numberId }) => !points.has(numberId)),
    ...folded.savedPoints.flatMap((point) => (point.kind === 'phone' ? [numberOf(point)] : [])),
  ];
  const representatives = new Set(parties.filter(({ role }) => role === 'representative').map(({ partyId }) => partyId));
  const isOpen = ({ partyId }: PhoneNumber): boolean => folded.represented === null || (partyId !== null && representatives.has(partyId));
  const viewed = numbers.map((number): NumberView => {
    const retired = folded.retiredNumbers.find(({ numberId }) => numberId === number.numberId) ?? null;
    const calls = folded.outcomes.filter(({ numberId }) => numberId === number.numberId);
    const last = calls.at(-1);
    return {
      ...number,
      usable: number.usable && retired === null && isOpen(number),
      retired: retired === null ? null : { code: retired.code, at: retired.at },
      last: last === undefined ? null : { code: last.code, at: last.at },
      attempts: calls.length,
    };
  });
  return {
    parties,
    numbers: viewed.sort((a, b) => Number(b.usable) - Number(a.usable) || (a.last?.at ?? 0) - (b.last?.at ?? 0)),
    addresses: [
      ...entity.addresses.filter(({ pointId }) => !points.has(pointId)),
      ...folded.savedPoints.filter(({ kind }) => kind !== 'phone'),
    ],
    preferences: folded.preferences,
  };
}

function numberOf(point: Extract<ContactPoint, { kind: 'phone' }>): PhoneNumber {
  const { pointId, raw, e164, country, numberKind, usable, partyId, source, workplace } = point;
  return { numberId: pointId, raw, e164, country, kind: numberKind, usable, partyId, source, workplace };
}
