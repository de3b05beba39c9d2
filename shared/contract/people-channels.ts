/** What an operator learns about the people of a case. Each saves the whole state of one thing; the newest counts. */
import { z } from 'zod';
import { partyRoleSchema } from '../case/party.ts';
import { preferencesSchema } from '../facts/contact-bodies.ts';
import { caseIdSchema, commandIdSchema, factIdSchema, numberIdSchema, partyIdSchema } from '../id.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

export const basedOnInput = z.object({ caseRevision: z.int().nonnegative(), scriptVersion: z.string().nullable() });
export const savedSchema = z.object({ factId: factIdSchema });
const about = { commandId: commandIdSchema, caseId: caseIdSchema, basedOn: basedOnInput };

/** A party as typed; `partyId` null makes a new one. */
export const partyFormSchema = z.object({
  partyId: partyIdSchema.nullable(), role: partyRoleSchema, name: z.string().max(300), mayBeTold: z.boolean(), language: z.string().max(10),
  taxCode: z.string().max(40), note: z.string().max(500), removed: z.boolean(),
});
export type PartyForm = z.infer<typeof partyFormSchema>;

/** A number or an address as typed; the desk reads it. `pointId` null makes a new one. */
export const contactPointFormSchema = z.object({
  pointId: numberIdSchema.nullable(), kind: z.enum(['phone', 'email', 'pec', 'post']), partyId: partyIdSchema.nullable(), text: z.string().max(300),
  source: z.enum(['given-by-person', 'given-by-other', 'searched']), workplace: z.boolean(), usable: z.boolean(),
});
export type ContactPointForm = z.infer<typeof contactPointFormSchema>;

export const peopleCommands = {
  'save-party': channel(z.object({ ...about, form: partyFormSchema }), savedSchema.extend({ partyId: partyIdSchema })),
  'save-contact-point': channel(z.object({ ...about, form: contactPointFormSchema }), savedSchema.extend({ pointId: numberIdSchema })),
  'save-preferences': channel(z.object({ ...about, preferences: preferencesSchema }), savedSchema),
} as const satisfies ChannelMap;
