/**
 * Reads entities of a hub that is newer than this build: words of a list (a flag's code, a party's role) that it does not know.
 *
 * Invariants: what is stored is what came; only the reading stands in, so that a build that knows the word reads it. A stand-in
 * never lets more happen than the word could have: a customer of an unknown kind is a person, somebody with an unknown role is
 * left out and not called. What has no stand-in is left out. Another *shape* is never guessed at: it is `unreadable`.
 */
import type { z } from 'zod';
import { debtorKinds } from '../../../shared/case/case-entity.ts';
import { outcomeCodes } from '../../../shared/case/outcome-codes.ts';
import { contactSources, numberKinds, partyRoles } from '../../../shared/case/party.ts';
import type { EntityKind } from '../../../shared/protocol/feed-protocol.ts';
import { entitySchemas, flagCodes } from '../../../shared/protocol/feed-protocol.ts';

export type BodyOf<Kind extends EntityKind> = z.infer<(typeof entitySchemas)[Kind]>;

export type Reading<Body> =
  | { state: 'known'; body: Body }
  /** Something stands in: a newer build would show more. */
  | { state: 'newer'; body: Body }
  /** Nothing can stand in for a word that this build does not know. */
  | { state: 'left-out' }
  | { state: 'unreadable' };

/** How many words this build knows; words are never taken back. A build that knows more reads again what it holds. */
export const knownWords = [debtorKinds, numberKinds, contactSources, partyRoles, flagCodes, outcomeCodes].flat().length;

const standIns: Partial<Record<string, string | null>> = {
  'case customer.kind': 'person', 'case numbers.*.kind': 'unknown', 'case numbers.*.source': 'searched',
  'flag code': 'newer', 'flag about.code': null,
};
/** Lists of a case whose members can be left out. */
const optionalMembers: readonly PropertyKey[] = ['parties', 'addresses'];

export function readNewer<Kind extends EntityKind>(kind: Kind, body: unknown): Reading<BodyOf<Kind>> {
  const schema: z.ZodType = entitySchemas[kind];
  const parsed = schema.safeParse(body);
  if (parsed.success) return { state: 'known', body: parsed.data as BodyOf<Kind> };
  const { issues } = parsed.error;
  if (!issues.every((issue) => isUnknownWord(issue, body))) return { state: 'unreadable' };
  const copy = structuredClone(body);
  const leftOut = new Set<unknown>();
  for (const { path } of issues) {
    const [list = '', index = ''] = path;
    const name = `${kind} ${path.map((step) => (typeof step === 'number' ? '*' : String(step))).join('.')}`;
    if (kind === 'case' && optionalMembers.includes(list)) {
      leftOut.add(valueAt(copy, [list, index]));
    } else {
      const standIn = standIns[name];
      if (standIn === undefined) return { state: 'left-out' };
      setAt(copy, path, standIn);
    }
  }
  if (leftOut.size > 0) leaveOut(copy as RawPeople, leftOut);
  const again = schema.safeParse(copy);
  return again.success ? { state: 'newer', body: again.data as BodyOf<Kind> } : { state: 'unreadable' };
}

function isUnknownWord({ code, path }: z.core.$ZodIssue, body: unknown): boolean {
  return (code === 'invalid_value' || code === 'invalid_union') && typeof valueAt(body, path) === 'string';
}

interface RawPeople {
  parties?: { partyId?: unknown }[];
  addresses?: { partyId?: unknown }[];
  numbers: { partyId?: unknown; usable: boolean }[];
}

/** Whose party is left out is nobody's to call. */
function leaveOut(people: RawPeople, leftOut: ReadonlySet<unknown>): void {
  const partyIds = new Set((people.parties ?? []).filter((party) => leftOut.has(party)).map(({ partyId }) => partyId));
  if (people.parties !== undefined) people.parties = people.parties.filter((party) => !leftOut.has(party));
  if (people.addresses !== undefined) people.addresses = people.addresses.filter((address) => !leftOut.has(address) && !partyIds.has(address.partyId));
  for (const number of people.numbers) if (partyIds.has(number.partyId)) number.usable = false;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined), body);
}

function setAt(body: unknown, path: readonly PropertyKey[], value: unknown): void {
  const last = path.at(-1);
  const holder = valueAt(body, path.slice(0, -1));
  if (last !== undefined && typeof holder === 'object' && holder !== null) (holder as Record<PropertyKey, unknown>)[last] = value;
}
