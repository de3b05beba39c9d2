/**
 * People of a case and how to reach them, as operators learn it.
 *
 * Invariant: each of these says the whole state of one party, one contact point or one set of preferences; the newest
 * fact about its id counts, so two desks that said different things converge.
 */
import { z } from 'zod';
import { contactPointSchema, partySchema } from '../case/party.ts';
import { partyIdSchema } from '../id.ts';

export const partyBodySchema = z.object({ party: partySchema, removed: z.boolean() });
export type PartyBody = z.infer<typeof partyBodySchema>;

export const contactPointBodySchema = z.object({ point: contactPointSchema });
export type ContactPointBody = z.infer<typeof contactPointBodySchema>;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** For no creditor at all, or not for this case's creditor. A single number is retired by itself. */
export const doNotCallScopes = ['person', 'creditor'] as const;

/** How and when a person wishes to be reached. */
export const preferencesSchema = z.object({
  /** Null = the holder. */
  partyId: partyIdSchema.nullable(),
  channel: z.enum(['phone', 'email', 'pec', 'post']).nullable(),
  /** In the customer's zone. */
  hours: z.object({ from: timeOfDaySchema, to: timeOfDaySchema }).refine(({ from, to }) => from < to, { message: 'ends before it begins' }).nullable(),
  doNotCall: z.boolean(),
  /** Where `doNotCall`: whose calls; absent = anybody's. A build that does not know it takes the wish for the wider one, and calls nobody too often. */
  doNotCallScope: z.enum(doNotCallScopes).optional(),
  language: z.string().regex(/^[a-z]{2,3}$/).nullable(),
  note: z.string().max(500).nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;
/** For whom somebody does not want to be called; null = may be called. */
export function doNotCallOf({ doNotCall, doNotCallScope }: Pick<Preferences, 'doNotCall' | 'doNotCallScope'>): (typeof doNotCallScopes)[number] | null {
  return doNotCall ? doNotCallScope ?? 'person' : null;
}

export const preferencesBodySchema = z.object({ preferences: preferencesSchema });
export type PreferencesBody = z.infer<typeof preferencesBodySchema>;
