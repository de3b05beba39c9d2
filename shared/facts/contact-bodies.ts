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

/** How and when a person wishes to be reached. */
export const preferencesSchema = z.object({
  /** Null = the holder. */
  partyId: partyIdSchema.nullable(),
  channel: z.enum(['phone', 'email', 'pec', 'post']).nullable(),
  /** In the customer's zone. */
  hours: z.object({ from: timeOfDaySchema, to: timeOfDaySchema }).refine(({ from, to }) => from < to, { message: 'ends before it begins' }).nullable(),
  doNotCall: z.boolean(),
  language: z.string().regex(/^[a-z]{2,3}$/).nullable(),
  note: z.string().max(500).nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export const preferencesBodySchema = z.object({ preferences: preferencesSchema });
export type PreferencesBody = z.infer<typeof preferencesBodySchema>;
