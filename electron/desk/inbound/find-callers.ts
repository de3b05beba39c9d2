/**
 * Whose a call is that comes in: number → keyed hash → cases, within the creditor whose number was called (ADR 0026).
 *
 * Invariants: pure reading; where the called number is nobody's and the caller is known to several creditors, no case of any is answered
 * until one is chosen; what is not here is only an id.
 */
import { reachOfNumber } from '../../../shared/directory/reach.ts';
import type { CreditorId } from '../../../shared/id.ts';
import type { OwnTelephone } from '../../../shared/protocol/telephone-protocol.ts';
import type { CallerNumber } from '../../../shared/telephone/read-caller-number.ts';
import { readCallerNumber } from '../../../shared/telephone/read-caller-number.ts';
import type { Reached } from '../directory/directory-store.ts';
import { findReached } from '../directory/directory-store.ts';
import { searchCases } from '../projections/case-search.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { listServedNaming } from '../store/served-cases.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';

const MOST_OWN = 20;

export interface FoundCallers {
  number: CallerNumber['kind'];
  /** Whose number was called; null: nobody's, or the exchange does not say. */
  called: CreditorId | null;
  reached: Reached[];
}

export function findCallers(session: Pick<Session, 'db' | 'telephone' | 'book' | 'clock' | 'siteZone' | 'user'>, call: Pick<TelephoneCall, 'caller' | 'called'>): FoundCallers {
  const number = readCallerNumber(call.caller?.number ?? null);
  const called = creditorOfNumber(session.telephone.own(), call.called ?? null);
  if (number.kind !== 'number') return { number: number.kind, called, reached: [] };
  const found = [...findReached(session.db, number.e164.map(reachOfNumber)), ...findHere(session, number.e164)];
  const reached = found.filter(({ caseId }, place) => found.findIndex((other) => other.caseId === caseId) === place);
  return { number: number.kind, called, reached: called === null ? reached : reached.filter(({ creditorId }) => creditorId === called) };
}

/** A caller number of ADR 0018, however the exchange writes the called one. */
export function creditorOfNumber(own: OwnTelephone | null, called: string | null): CreditorId | null {
  const number = readCallerNumber(called);
  if (number.kind !== 'number') return null;
  const owners = [...new Set((own?.callerIds ?? []).filter((one) => number.e164.includes(one.number)).map(({ creditorId }) => creditorId))];
  // One number for several creditors says nothing.
  return owners.length === 1 ? owners[0] ?? null : null;
}

/** Own cases and those served lately, as they stand now: a number that was learnt on this desk a moment ago, a hub without a directory. */
function findHere(session: Pick<Session, 'db' | 'book' | 'clock' | 'siteZone' | 'user'>, e164: readonly string[]): Reached[] {
  const { db, book } = session;
  const candidates = e164.flatMap((number) => [...searchCases(db, number.slice(1), MOST_OWN), ...listServedNaming(db, number)]);
  return [...new Set(candidates)].flatMap((caseId): Reached[] => {
    const held = book.get(caseId, viewContext(session));
    const isReached = held?.view.numbers.some((number) => number.e164 !== null && number.retired === null && e164.includes(number.e164)) === true;
    return held !== null && isReached ? [{ caseId, creditorId: held.entity.creditorId }] : [];
  });
}
