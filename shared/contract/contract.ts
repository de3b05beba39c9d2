/**
 * Every channel between a page and the desk. A command carries a `commandId`: sent again, it
 * gets the stored acknowledgement and happens once.
 */
import { z } from 'zod';
import { outcomeBodySchema } from '../facts/outcome-body.ts';
import { outcomeFormSchema } from './outcome-form.ts';
import { contactTaskCommands, contactTaskQueries } from './contact-task-channels.ts';
import { callerScreenSchema, inboundCommands, inboundQueries } from './inbound-channels.ts';
import { leadCommands, leadQueries } from './lead-channels.ts';
import { importCommands, importQueries } from './import-channels.ts';
import { agreementCommands, agreementDecisions, agreementQueries } from './agreement-channels.ts';
import { attachmentQueries } from './attachment-channels.ts';
import { messageCommands, messageQueries } from './message-channels.ts';
import { floorCommands, floorQueries } from './floor-channels.ts';
import { boardQueries } from './board-channels.ts';
import { conductCommands, conductQueries } from './conduct-channels.ts';
import { conductOfficeCommands, conductOfficeQueries } from './conduct-office-channels.ts';
import { basedOnInput, peopleCommands, savedSchema } from './people-channels.ts';
import { settingsCommands, settingsQueries } from './settings-channels.ts';
import { noFilter, worklistFilterSchema } from './worklist-filter.ts';
import { mailCommands, mailQueries } from './mail-channels.ts';
import { printCommands } from './print-channels.ts';
import { telephoneCommands, telephoneQueries } from './telephone-channels.ts';
import { setupCommands, setupQueries } from './setup-channels.ts';
import { caseIdSchema, commandIdSchema, creditorIdSchema, factIdSchema } from '../id.ts';
import type { ChannelMap, InputOf, OutputOf, ParsedInputOf } from './channel.ts';
import { channel } from './channel.ts';
import {
  caseScreenSchema, draftSchema, flagScreenSchema, incomingScreenSchema, leaseViewSchema, sessionScreenSchema, syncScreenSchema,
  todayScreenSchema, typedEntrySchema, worklistRowSchema, worklistScreenSchema, worklistViewSchema,
} from './screens.ts';

const localeSchema = z.enum(['it', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const queries = {
  ...agreementQueries,
  ...mailQueries,
  ...inboundQueries,
  ...contactTaskQueries,
  ...leadQueries,
  ...boardQueries,
  ...floorQueries,
  ...messageQueries,
  ...settingsQueries,
  ...importQueries,
  ...setupQueries,
  'show-session': channel(z.object({}), sessionScreenSchema),
  'show-sync': channel(z.object({}), syncScreenSchema),
  'show-today': channel(z.object({}), todayScreenSchema),
  /** At most `limit` rows from `offset` on, best first; the counts are of all. */
  'list-worklist': channel(
    z.object({
      view: worklistViewSchema, creditorId: creditorIdSchema.nullable(), filter: worklistFilterSchema.default(noFilter),
      offset: z.int().nonnegative().default(0), limit: z.int().min(1).max(1_000).default(100),
    }),
    worklistScreenSchema,
  ),
  /** The best case to work now, other than `exceptCaseId`. */
  'find-next-case': channel(z.object({ exceptCaseId: caseIdSchema.nullable() }), z.object({ caseId: caseIdSchema.nullable(), lease: leaseViewSchema })),
  /** As above, for who calls at once: the first whose next number by rule may be rung now; on the softphone's line. */
  'find-next-callable': channel(z.object({ exceptCaseId: caseIdSchema.nullable() }), z.object({ caseId: caseIdSchema.nullable(), lease: leaseViewSchema })),
  'search-cases': channel(z.object({ text: z.string().max(200) }), z.object({ rows: z.array(worklistRowSchema) })),
  'show-case': channel(z.object({ caseId: caseIdSchema }), caseScreenSchema),
  /** Understands `1.722,60`, `+3`, `ven`, `30/11`, `ven 15:30`; `caseId` gives currency and dates their context. */
  'read-typed-entry': channel(
    z.object({ kind: z.enum(['money', 'date', 'past-date', 'moment']), text: z.string().max(100), locale: localeSchema }),
    typedEntrySchema,
  ),
  ...attachmentQueries,
  ...conductOfficeQueries,
  ...conductQueries,
  ...telephoneQueries,
  'list-incoming': channel(z.object({}), incomingScreenSchema),
  'list-flags': channel(z.object({}), flagScreenSchema),
} as const satisfies ChannelMap;

export const commands = {
  ...peopleCommands,
  ...agreementCommands,
  ...mailCommands,
  ...agreementDecisions,
  ...conductOfficeCommands,
  ...conductCommands,
  ...telephoneCommands,
  ...printCommands,
  ...inboundCommands,
  ...contactTaskCommands,
  ...leadCommands,
  ...floorCommands,
  ...messageCommands,
  ...settingsCommands,
  ...importCommands,
  ...setupCommands,
  'sign-in': channel(z.object({ commandId: commandIdSchema, username: z.string().min(1), password: z.string().min(1) }), sessionScreenSchema),
  'sign-out': channel(z.object({ commandId: commandIdSchema }), sessionScreenSchema),
  /** The operator has read what became of damaged data. */
  'acknowledge-salvage': channel(z.object({ commandId: commandIdSchema }), sessionScreenSchema),
  'record-outcome': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, locale: localeSchema, form: outcomeFormSchema, basedOn: basedOnInput,
      /** The call goes on: another outcome follows, of the same contact. */
      goesOn: z.boolean().default(false),
    }),
    savedSchema.extend({ outcome: outcomeBodySchema }),
  ),
  /** `form` null annuls. The reason stays in the history with both outcomes. */
  'correct-outcome': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, locale: localeSchema, targetFactId: factIdSchema,
      form: outcomeFormSchema.nullable(), reason: z.string().max(500), basedOn: basedOnInput,
    }),
    savedSchema,
  ),
  'add-note': channel(
    z.object({ commandId: commandIdSchema, caseId: caseIdSchema, text: z.string().max(4000), basedOn: basedOnInput }),
    savedSchema,
  ),
  /** The file at once: the page has checked its size before reading it, the desk checks again. */
  'attach-file': channel(
    z.object({
      commandId: commandIdSchema, caseId: caseIdSchema, fileName: z.string().max(1000), mediaType: z.string().max(200), note: z.string().max(4000),
      bytes: z.instanceof(Uint8Array), basedOn: basedOnInput,
    }),
    savedSchema,
  ),
  'save-draft': channel(z.object({ commandId: commandIdSchema, caseId: caseIdSchema, draft: draftSchema.nullable() }), z.object({})),
  'sync-now': channel(z.object({ commandId: commandIdSchema }), syncScreenSchema),
} as const satisfies ChannelMap;

/** What changed; the page asks again for what it shows. */
export const topics = {
  changed: z.object({
    what: z.array(z.enum(['session', 'sync', 'worklist', 'case', 'incoming', 'flags', 'today', 'settings', 'lists', 'call', 'telephone', 'board', 'messages', 'contacts', 'floor'])),
    caseIds: z.array(caseIdSchema),
    /** Who rings, as `show-caller` answers it now: told with the news, so that a card does not ask and wait once more. */
    caller: callerScreenSchema.optional(),
  }),
} as const;

export type QueryName = keyof typeof queries;
export type CommandName = keyof typeof commands;
export type TopicName = keyof typeof topics;
export type QueryInput<Name extends QueryName> = InputOf<typeof queries, Name>;
/** A query's input as its handler gets it. */
export type QueryRequest<Name extends QueryName> = ParsedInputOf<typeof queries, Name>;
export type QueryOutput<Name extends QueryName> = OutputOf<typeof queries, Name>;
export type CommandInput<Name extends CommandName> = InputOf<typeof commands, Name>;
/** A command's input as its handler gets it. */
export type CommandRequest<Name extends CommandName> = ParsedInputOf<typeof commands, Name>;
export type CommandOutput<Name extends CommandName> = OutputOf<typeof commands, Name>;
export type TopicPayload<Name extends TopicName> = z.infer<(typeof topics)[Name]>;
