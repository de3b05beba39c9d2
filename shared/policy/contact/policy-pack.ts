/**
 * A contact policy as a file: when, how often and by which channel a person may be contacted. Data, not code.
 *
 * Invariants: nothing of one country stands in code, every number in a pack. A pack is a *preset*, with its sources and what of
 * them was read; it is no legal advice. A creditor may only make it stricter (`tighten-policy.ts`).
 */
import { z } from 'zod';
import { debtorKindSchema, tones } from '../../case/case-entity.ts';
import type { CalendarEntity } from '../../protocol/conduct-protocol.ts';
import type { Result } from '../../result.ts';
import { fail, ok } from '../../result.ts';
import { plainDateSchema } from '../../time.ts';
import { contactResults, policyChannels } from './contact-row.ts';

const textSchema = z.strictObject({ it: z.string().min(1), en: z.string().min(1) });
const daysSchema = z.int().nonnegative();
const minutesSchema = z.int().nonnegative();
const mostSchema = z.int().positive().nullable();
const channelsSchema = z.array(z.enum(policyChannels));
const resultsSchema = z.array(z.enum(contactResults));
const perSchema = z.enum(['person', 'debt']).describe('person: all contacts with the person count, whoever the creditor; debt: those of the same case.');
const weekSchema = z.enum(['rolling-7-days', 'calendar-week']).describe('rolling-7-days: today and the six days before; calendar-week: since Monday.');
const monthDaySchema = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).describe('Month and day, `10-04`.');

const windowSchema = z
  .strictObject({
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/).describe('The first minute that is not allowed any more.'),
  })
  .refine(({ from, to }) => from < to, { message: 'ends before it begins' });
const windowsSchema = z.array(windowSchema)
  .refine((windows) => windows.every(({ from }, index) => index === 0 || from >= (windows[index - 1]?.to ?? '')), { message: 'not one after the other' })
  .describe('One after the other; none = no contact on such days.');
export type HoursWindow = z.infer<typeof windowSchema>;

const cityDateSchema = z.strictObject({ city: z.string().min(1), monthDay: monthDaySchema, name: textSchema });

const holidayDateSchema = z.strictObject({
  monthDay: monthDaySchema,
  fromYear: z.int().nullable().describe('The first year; null = always.'),
  insteadOfLibrary: z.boolean().describe('True: this alone says whether the day is a holiday, whatever the holiday library knows of it.'),
  name: textSchema,
});

const hoursSchema = z.strictObject({
  channels: channelsSchema.describe('Channels that keep these hours.'),
  weekday: windowsSchema,
  saturday: windowsSchema,
  sunday: windowsSchema,
  holiday: z.union([windowsSchema, z.literal('as-other-days')]).describe('What is left of a day that is a holiday; as-other-days = holidays change nothing.'),
  preferred: z.enum(['binding', 'advice']).describe('Whether the hours that a person asked for bind.'),
});

const holidaysSchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/).nullable().describe('Country of the holiday library; null = none.'),
  region: z.string().nullable().describe('Region of the library, where the whole agency calls one region only.'),
  types: z.array(z.enum(['public', 'bank'])),
  ofPlace: z.boolean().describe('The holidays of the customer\'s own country count as well.'),
  dates: z.array(holidayDateSchema).describe('Holidays besides those of the library.'),
  cities: z.array(cityDateSchema).describe('Patron saints and the like, by the city of the customer\'s address.'),
});

const conversationsSchema = z.strictObject({
  channels: channelsSchema.describe('Channels on which people talk.'),
  per: perSchema,
  perDay: mostSchema,
  perWeek: mostSchema,
  week: weekSchema,
  restDays: daysSchema.describe('Days without a contact after a conversation; its day is the first. 0 = none.'),
  inboundCounts: z.boolean().describe('A person who calls us was talked with, too.'),
  agreedCounts: z.boolean().describe('Whether a conversation that the person had agreed to counts for those after it.'),
});

const attemptsSchema = z.strictObject({
  per: perSchema,
  counts: resultsSchema.describe('Outbound calls that count as attempts.'),
  roundsPerDay: mostSchema,
  roundsPerWeek: mostSchema,
  week: weekSchema,
  roundMinutes: z.int().positive().describe('Attempts on different numbers of one person within this time are one round.'),
  hoursBetweenRounds: z.number().nonnegative(),
  busyRetryAfterMinutes: minutesSchema,
  busyRetries: z.int().nonnegative().describe('How often a busy number may be tried again within its round.'),
});

const callsSchema = z.strictObject({
  per: perSchema,
  most: z.int().positive(),
  days: z.int().positive().describe('In so many days one after the other, today among them.'),
  counts: resultsSchema,
  agreedCounts: z.boolean(),
});

/** The rules themselves: what `tightenPolicy` may make stricter. */
export const policyRulesSchema = z.strictObject({
  hours: hoursSchema.describe('When, on the clock of the customer.'),
  holidays: holidaysSchema,
  conversations: conversationsSchema.describe('How often people may be talked with.'),
  attempts: attemptsSchema.nullable().describe('How often it may be tried in vain; null = no rule.'),
  calls: callsSchema.nullable().describe('Calls of any kind within some days; null = no rule.'),
  resumeMinutes: minutesSchema.describe('A line that dropped may be resumed within this time: it is the same conversation. 0 = not.'),
  warnings: z.strictObject({
    closeMinutes: minutesSchema.nullable().describe('Warn of a call this soon after another.'),
    callsPerDay: mostSchema.describe('Warn from this call of a day on.'),
  }).describe('Allowed, but said.'),
  consent: z.strictObject({
    callbackMinutesBefore: minutesSchema.nullable().describe('A booked callback may be made this much earlier, and later on its day; null = all of its day.'),
    callbackCalls: mostSchema.describe('Calls that a booked callback is good for, answered or not; null = any number in its time.'),
    lastsDays: daysSchema.nullable().describe('Days that a consent lasts, the day it was given being the first; null = until its own end.'),
    endsWithConversation: z.boolean(),
  }).describe('What a person\'s consent is good for; it is about frequency only.'),
  workplace: z.enum(['allowed', 'only-if-given', 'never']).describe('only-if-given: only a number that the person gave.'),
  written: z.strictObject({
    channels: channelsSchema.describe('Written channels with rules of their own.'),
    notAsFirst: z.boolean().describe('Not as the first reminder.'),
    onlyWithConsent: z.boolean().describe('Only if the person agreed to the channel.'),
  }),
  doNotCallChannels: channelsSchema.describe('Channels that «do not call» closes.'),
  disputeSuspends: z.boolean().describe('A dispute of all that could be asked for suspends every contact about it.'),
  inabilityRestDays: daysSchema.nullable().describe('Days without insisting after a person declared that they cannot pay, unless they ask for a call; null = until a lead decides.'),
  breathingSpaceDays: daysSchema.nullable().describe('Days without contact that the law gives on request; null = the law gives none.'),
  thirdParties: z.strictObject({ tell: z.literal('nothing') }),
  operator: z.strictObject({
    saysWho: z.boolean().describe('Name, surname and company.'),
    numberVisible: z.boolean().describe('The caller\'s number is shown and can be called back.'),
    prerecorded: z.literal(false).describe('No recorded voice without an operator.'),
  }),
  recording: z.strictObject({ byDefault: z.boolean(), spokenNotice: z.boolean(), keepDays: daysSchema.nullable() }),
  retention: z.strictObject({
    eraseWhenDone: z.boolean().describe('When the mandate is done and the sum collected.'),
    unlessLegalDuty: z.boolean(),
  }),
  certificates: z.strictObject(Object.fromEntries(tones.map((tone) => [tone, z.boolean()])) as Record<(typeof tones)[number], z.ZodBoolean>)
    .describe('Tones for which an operator needs a certificate of training.'),
});
export type PolicyRules = z.infer<typeof policyRulesSchema>;

export const policyPackSchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/).describe('Recorded with every permit: raise it with each change.'),
  title: textSchema,
  datedOn: plainDateSchema.describe('The day on which the pack was put together.'),
  preset: z.literal(true).describe('A starting point of the product, to be checked by whoever answers for the calls.'),
  sources: z.array(z.strictObject({
    title: z.string().min(1),
    note: textSchema,
    status: z.enum(['read', 'not-read', 'unverified']),
    readOn: plainDateSchema.optional(),
  })).min(1),
  scope: z.strictObject({
    country: z.string().regex(/^[A-Z]{2}$/),
    debtorKinds: z.array(debtorKindSchema).min(1).describe('Kinds of customer it is meant for.'),
  }),
  ...policyRulesSchema.shape,
});
export type PolicyPack = z.infer<typeof policyPackSchema>;

/** A pack as it is obeyed: as it came, or made stricter for a creditor. */
export type ContactPolicy = Readonly<PolicyPack>;

/** What the agency itself closes, and days of cities that a pack does not know: edited by a lead, published by the hub. */
export type ContactCalendar = Readonly<Pick<CalendarEntity, 'closures' | 'patronSaints'>>;

export const emptyCalendar: ContactCalendar = { closures: [], patronSaints: [] };

/** Parses a pack file. */
export function readPolicyPack(content: unknown): Result<PolicyPack> {
  const parsed = policyPackSchema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('policy-unreadable', 'error.policyUnreadable', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}
