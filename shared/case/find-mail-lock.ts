/**
 * Whether something may be mailed about a case: to this address, now.
 *
 * Invariants: pure, and the same answer for the screen, the desk, and the hub that looks again. Only to an address of the case that the person confirmed, letter by
 * letter in this call or before; only to who may be told, after who is on the telephone was known; never while contact is stopped. What a person asks for
 * themselves is no reminder: frequency and a dispute do not hold it back, and the yes that it carries is the policy's consent to the channel.
 */
import { doNotCallOf } from '../facts/contact-bodies.ts';
import type { CallId, PartyId } from '../id.ts';
import type { ContactPolicy } from '../policy/contact/policy-pack.ts';
import { mailAddressSchema } from '../protocol/mail-protocol.ts';
import { dateOfInstant } from '../time.ts';
import type { CaseEntity } from './case-entity.ts';
import type { FoldedCase } from './fold-case.ts';
import type { FoldedCall } from './fold-calls.ts';
import { viewPeople } from './view-people.ts';

/** Contact as a whole is stopped. */
export const mailStops = ['represented', 'stopped', 'suspended', 'breathing-space', 'do-not-write'] as const;
export const mailLocks = [...mailStops, 'nobody-identified', 'address-unknown', 'address-unreadable', 'party-not-told', 'not-read-back'] as const;
export type MailLock = (typeof mailLocks)[number];

export interface MailCase {
  entity: Pick<CaseEntity, 'customer' | 'parties' | 'numbers' | 'addresses' | 'mails'>;
  folded: FoldedCase;
  policy: Pick<ContactPolicy, 'doNotCallChannels' | 'breathingSpaceDays'>;
  nowMs: number;
  /** The site's: "today" is the site's. */
  zone: string;
}

/** An address as it may be written to; the file's own e-mail is the holder's. */
export interface MailAddress {
  to: string;
  partyId: PartyId | null;
  /** The day on which it was last read back and not refused since; null: never. */
  confirmedAt: number | null;
}

const DAY_MS = 86_400_000;

/** What stops every mail to this party. */
export function findMailStop({ entity, folded, policy, nowMs, zone }: MailCase, partyId: PartyId | null): (typeof mailStops)[number] | null {
  const { parties, preferences } = viewPeople(entity, folded);
  const role = parties.find((party) => party.partyId === partyId)?.role ?? null;
  if (folded.represented !== null && role !== 'representative') return 'represented';
  if (folded.stops.length > 0) return 'stopped';
  const today = dateOfInstant(nowMs, zone);
  if (folded.suspensions.some(({ invoiceId, kind, until }) => invoiceId === null && (kind === 'excluded' || until === null || until >= today))) return 'suspended';
  const need = folded.supportNeed;
  if (need?.needs.includes('breathing-space') === true && policy.breathingSpaceDays !== null && nowMs < need.at + policy.breathingSpaceDays * DAY_MS) return 'breathing-space';
  const refuses = preferences.some((wishes) => (wishes.partyId === null || wishes.partyId === partyId) && doNotCallOf(wishes) !== null);
  return refuses && policy.doNotCallChannels.includes('email') ? 'do-not-write' : null;
}

/** Every e-mail address of the case that still serves, each once for each person. */
export function listMailAddresses({ entity, folded, nowMs }: Pick<MailCase, 'entity' | 'folded' | 'nowMs'>): MailAddress[] {
  const points = viewPeople(entity, folded).addresses;
  const own = entity.customer.email === null ? [] : [{ raw: entity.customer.email, partyId: null }];
  const isGone = (text: string): boolean => points.some(({ raw, usable }) => !usable && sameAddress(raw, text));
  const all = [...own.filter(({ raw }) => !isGone(raw)), ...points.filter(({ kind, usable }) => usable && (kind === 'email' || kind === 'pec'))];
  const found: MailAddress[] = [];
  for (const { raw, partyId } of all) {
    const to = raw.trim();
    if (found.some((one) => one.partyId === partyId && sameAddress(one.to, to))) continue;
    found.push({ to, partyId, confirmedAt: confirmedAt({ entity, folded, nowMs }, to, partyId) });
  }
  return found;
}

/** Read back in a call in which the person was known, and no server has said since that there is nobody. */
function confirmedAt({ entity, folded, nowMs }: Pick<MailCase, 'entity' | 'folded' | 'nowMs'>, to: string, partyId: PartyId | null): number | null {
  const asked = folded.mails.filter((mail) => mail.at <= nowMs && mail.partyId === partyId && sameAddress(mail.to, to) && isIdentified(folded, mail.callId));
  const refused = asked.findLast(({ factId }) => entity.mails.some((mail) => mail.causeFactId === factId && mail.code === 'address-refused'));
  return asked.findLast(({ readBack, at }) => readBack && at > (refused?.at ?? -1))?.at ?? null;
}

export function sameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The newest call of today in which the right party was known; null: nobody was asked. */
export function identifiedCall({ folded, nowMs, zone }: Pick<MailCase, 'folded' | 'nowMs' | 'zone'>): FoldedCall | null {
  const today = dateOfInstant(nowMs, zone);
  return folded.calls.findLast(({ identity }) => identity?.result === 'confirmed' && identity.at <= nowMs && dateOfInstant(identity.at, zone) === today) ?? null;
}

function isIdentified({ calls }: FoldedCase, asked: CallId | null): boolean {
  return calls.some(({ callId, identity }) => callId === asked && identity?.result === 'confirmed');
}

/** Why a mail may not be asked for in this way; null: it may. @param asked `callId`: of the fact that asks, where there is one already */
export function findMailLock(held: MailCase, asked: { to: string; partyId: PartyId | null; readBack: boolean; callId?: CallId | null }): MailLock | null {
  const stop = findMailStop(held, asked.partyId);
  if (stop !== null) return stop;
  const call = identifiedCall(held);
  if (call === null || (asked.callId !== undefined && !isIdentified(held.folded, asked.callId))) return 'nobody-identified';
  const address = listMailAddresses(held).find((one) => one.partyId === asked.partyId && sameAddress(one.to, asked.to));
  if (address === undefined) return 'address-unknown';
  if (!mailAddressSchema.safeParse(asked.to).success) return 'address-unreadable';
  const { parties } = viewPeople(held.entity, held.folded);
  if (asked.partyId !== null && parties.find(({ partyId }) => partyId === asked.partyId)?.mayBeTold !== true) return 'party-not-told';
  return asked.readBack || address.confirmedAt !== null ? null : 'not-read-back';
}
