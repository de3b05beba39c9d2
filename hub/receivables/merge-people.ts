/**
 * Parties, numbers and addresses of a case: what the hub knows and what a file's rows add.
 *
 * Invariants: nothing is taken away and nothing known is changed but an empty tax code; somebody is known by role and name, or by
 * tax code; a number or an address by what it is and whose it is.
 */
import type { PhoneNumber } from '../../shared/case/case-entity.ts';
import { normalisePhone } from '../../shared/case/normalise-phone.ts';
import type { ContactPoint, Party } from '../../shared/case/party.ts';
import type { NumberId, PartyId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { isEmail } from '../imports/build-customer.ts';
import type { CustomerRow, PartySaid } from '../imports/import-row.ts';

const MOST_PARTIES = 50;
const LONGEST_POINT = 300;

export function addParties(known: readonly Party[], rows: readonly CustomerRow[]): Party[] {
  let parties = [...known];
  for (const said of rows.flatMap((row) => row.parties)) {
    if (said.role === 'holder') continue;
    const present = findParty(parties, said);
    if (present === undefined) {
      if (parties.length >= MOST_PARTIES) continue;
      const { role, name, mayBeTold, taxCode, note } = said;
      parties.push({ partyId: newId<PartyId>(), role, name, mayBeTold, language: null, taxCode, note });
    } else if (present.taxCode === null && said.taxCode !== null) {
      parties = parties.map((party) => (party === present ? { ...party, taxCode: said.taxCode } : party));
    }
  }
  return parties;
}

export function addNumbers(known: readonly PhoneNumber[], parties: readonly Party[], rows: readonly CustomerRow[]): PhoneNumber[] {
  const numbers = [...known];
  const add = (cell: string | null, partyId: PartyId | null): void => {
    if (cell === null) return;
    for (const { raw, e164, country, kind, usable } of normalisePhone(cell)) {
      const isKnown = numbers.some((number) => number.partyId === partyId && (e164 === null ? number.raw === raw : number.e164 === e164));
      if (!isKnown) numbers.push({ numberId: newId<NumberId>(), raw, e164, country, kind, usable, partyId, source: 'file', workplace: false });
    }
  };
  for (const cell of new Set(rows.map((row) => row.phone))) add(cell, null);
  for (const said of rows.flatMap((row) => row.parties)) {
    const owner = ownerOf(parties, said);
    if (owner !== undefined) add(said.phone, owner);
  }
  return numbers;
}

export function addAddresses(
  known: readonly ContactPoint[], parties: readonly Party[], rows: readonly CustomerRow[], mainEmail: string | null,
): ContactPoint[] {
  const points = [...known];
  const add = (kind: 'email' | 'pec' | 'post', written: string, partyId: PartyId | null): void => {
    const raw = written.slice(0, LONGEST_POINT);
    if (partyId === null && kind === 'email' && fold(raw) === fold(mainEmail ?? '')) return;
    if (points.some((point) => point.kind === kind && point.partyId === partyId && fold(point.raw) === fold(raw))) return;
    points.push({ kind, pointId: newId<NumberId>(), partyId, raw, source: 'file', usable: kind === 'post' || isEmail(raw), workplace: false });
  };
  for (const row of rows) {
    for (const email of row.moreEmails) add('email', email, null);
    for (const pec of row.pecs) add('pec', pec, null);
    if (row.otherAddress !== null) add('post', row.otherAddress, null);
    for (const said of row.parties) {
      const owner = ownerOf(parties, said);
      if (owner !== undefined) for (const email of said.emails) add('email', email, owner);
    }
  }
  return points;
}

/** Null = the holder; undefined = nobody (more parties than a case may have). */
function ownerOf(parties: readonly Party[], said: PartySaid): PartyId | null | undefined {
  return said.role === 'holder' ? null : findParty(parties, said)?.partyId;
}

function findParty(parties: readonly Party[], said: PartySaid): Party | undefined {
  return parties.find((party) => party.role === said.role && fold(party.name) === fold(said.name))
    ?? parties.find((party) => party.role === said.role && said.taxCode !== null && party.taxCode === said.taxCode);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
