/**
 * One contact with a person, as the contact policy counts it.
 *
 * Invariant: rows are of the *person*, across creditors and cases; their order means nothing. A contact that was about
 * two cases has a row for each, with the same `contactKey`, and counts once where a limit is per person.
 */
export const policyChannels = ['phone', 'email', 'sms', 'post', 'visit'] as const;
export type PolicyChannel = (typeof policyChannels)[number];

/**
 * `conversation`: the right party answered and talked. `attempt`: it rang, or somebody else answered. `not-in-service`: dead or
 * somebody else's number. `dropped`: the line fell while talking. `sent`: something written.
 */
export const contactResults = ['conversation', 'attempt', 'busy', 'not-in-service', 'voicemail', 'dropped', 'sent'] as const;
export type ContactResult = (typeof contactResults)[number];

export interface ContactRow {
  /** The call, or the fact that told of the contact. */
  contactKey: string;
  atMs: number;
  channel: PolicyChannel;
  direction: 'outbound' | 'inbound';
  result: ContactResult;
  /** E.164, or the address as written; null when nobody noted it: then it may have been any. */
  to: string | null;
  partyId: string | null;
  caseId: string;
  creditorId: string;
}

/** A person's word that contacts may be more frequent: never about hours, holidays or anything else. */
export interface ContactConsent {
  givenAtMs: number;
  /** Null: no end was named; the policy sets one. */
  untilMs: number | null;
  /** A booked callback is consent for that call only; null = no time was named. */
  callbackAtMs: number | null;
  revokedAtMs: number | null;
}
