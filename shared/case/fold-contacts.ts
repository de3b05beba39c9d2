/**
 * Who is who and who can be reached, from the facts of a case.
 *
 * Invariants: the newest fact about a party, a contact point or a person's preferences counts. A number that turned
 * out wrong, dead or unwanted is retired until somebody saves it anew: it retires a number, never a debt (domain §4).
 */
import type { EffectiveOutcome, ReadFact } from './fold-case.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { ContactPoint, Party } from './party.ts';
import type { Preferences } from '../facts/contact-bodies.ts';
import type { NumberId, PartyId } from '../id.ts';

export interface FoldedContacts {
  /** Parties as operators left them; a removed one hides what the file says of it. */
  savedParties: { party: Party; removed: boolean }[];
  savedPoints: ContactPoint[];
  /** At most one per party; `partyId` null = the holder. */
  preferences: Preferences[];
  retiredNumbers: { numberId: NumberId; code: OutcomeCode; at: number }[];
}

/** @param facts in the order of `sortFacts` */
export function foldContacts(facts: readonly ReadFact[], outcomes: readonly EffectiveOutcome[]): FoldedContacts {
  const parties = new Map<PartyId, { party: Party; removed: boolean }>();
  const points = new Map<NumberId, { point: ContactPoint; at: number }>();
  const preferences = new Map<PartyId | null, Preferences>();
  for (const read of facts) {
    switch (read.type) {
      case 'party-saved':
        parties.set(read.body.party.partyId, read.body);
        break;
      case 'contact-point-saved':
        points.set(read.body.point.pointId, { point: read.body.point, at: read.fact.at });
        break;
      case 'preferences-saved':
        preferences.set(read.body.preferences.partyId, read.body.preferences);
        break;
      default:
        break;
    }
  }
  const retired = new Map<NumberId, { numberId: NumberId; code: OutcomeCode; at: number }>();
  for (const { numberId, code, at, outcome } of outcomes) {
    if (numberId === null) continue;
    const savedAt = points.get(numberId)?.at ?? -1;
    if (savedAt < at && (outcomeRules[code].retiresNumber || outcome.refusedContact === 'number')) retired.set(numberId, { numberId, code, at });
  }
  return {
    savedParties: [...parties.values()],
    savedPoints: [...points.values()].map(({ point }) => point),
    preferences: [...preferences.values()],
    retiredNumbers: [...retired.values()],
  };
}
