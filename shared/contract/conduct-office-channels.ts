/**
 * The rules of the house as leads and administrators edit them: scripts, rules per creditor, the calendar, certificates, rates, the agreement with
 * the workers.
 *
 * Invariants: what is in force is asked of the hub each time and published there; only the drafts of scripts are kept on this desk, as
 * typed, in the operator's sealed store. `after` is the version that the editor started from (0 = none): nobody's work is overwritten unseen.
 */
import { z } from 'zod';
import { commandIdSchema, userIdSchema } from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import {
  calendarDraftSchema, calendarEntitySchema, certificateDraftSchema, certificateListSchema, conductDraftSchema, conductEntitySchema, conductOverviewSchema,
  scriptEntitySchema, scriptListSchema,
} from '../protocol/conduct-protocol.ts';
import { ratesDraftSchema, ratesEntitySchema, ratesListSchema, rateTableIdSchema, rateWithdrawalSchema } from '../protocol/rates-protocol.ts';
import { agreementWithdrawalSchema, workersAgreementDraftSchema, workersAgreementListSchema } from '../protocol/workers-agreement-protocol.ts';
import { appErrorSchema } from '../result.ts';
import { instantSchema } from '../time.ts';
import { gateStates, walkScreenSchema } from './conduct-channels.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

export const MOST_SCRIPT_DRAFTS = 50;

/** A pack being written; its form may be of an older build, so the page reads it. */
export const scriptDraftSchema = z.object({ packId: z.string().min(1).max(80), pack: jsonObjectSchema, savedAt: instantSchema });
export type ScriptDraft = z.infer<typeof scriptDraftSchema>;

const packIdSchema = scriptDraftSchema.shape.packId;
const afterSchema = z.int().nonnegative();

/** Cases on which a script is read while it is written. */
export const previewSamples = ['one-invoice', 'many-invoices', 'company', 'broken-promise'] as const;
export type PreviewSample = (typeof previewSamples)[number];

/** What was clicked in the preview, in order. */
export const previewClickSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), stepId: z.string(), answerId: z.string(), values: z.record(z.string(), z.string().max(2000)) }),
  z.object({ kind: z.literal('objection'), objectionId: z.string() }),
]);
export type PreviewClick = z.infer<typeof previewClickSchema>;

export const previewWalkSchema = z.object({
  /** Null: it cannot be read out yet, `problem` says why. */
  walk: walkScreenSchema.nullable(),
  gate: z.enum(gateStates),
  problem: z.string().nullable(),
  /** What was clicked last could not be taken. */
  refused: appErrorSchema.nullable(),
});
export type PreviewWalk = z.infer<typeof previewWalkSchema>;

export const conductOfficeQueries = {
  'show-conduct': channel(z.object({}), conductOverviewSchema),
  'list-scripts': channel(z.object({}), scriptListSchema),
  'show-published-script': channel(z.object({ packId: packIdSchema, packVersion: z.string().max(40) }), scriptEntitySchema),
  'list-script-drafts': channel(z.object({}), z.object({ drafts: z.array(scriptDraftSchema) })),
  /** A script walked as a call walks it, on a sample case: nothing is kept. */
  'preview-script-draft': channel(
    z.object({ pack: jsonObjectSchema, sample: z.enum(previewSamples), locale: z.enum(['it', 'en']), clicks: z.array(previewClickSchema).max(400) }), previewWalkSchema,
  ),
  'list-certificates': channel(z.object({}), certificateListSchema),
  'list-rates': channel(z.object({}), ratesListSchema),
  'show-workers-agreement': channel(z.object({}), workersAgreementListSchema),
} as const satisfies ChannelMap;

export const conductOfficeCommands = {
  'publish-conduct': channel(z.object({ commandId: commandIdSchema, after: afterSchema, draft: conductDraftSchema }), conductEntitySchema),
  'publish-calendar': channel(z.object({ commandId: commandIdSchema, after: afterSchema, draft: calendarDraftSchema }), calendarEntitySchema),
  'publish-rates': channel(z.object({ commandId: commandIdSchema, after: afterSchema, tableId: rateTableIdSchema, rows: ratesDraftSchema.shape.rows }), ratesEntitySchema),
  'withdraw-rate': channel(rateWithdrawalSchema.extend({ commandId: commandIdSchema, after: afterSchema, tableId: rateTableIdSchema }), ratesEntitySchema),
  'record-workers-agreement': channel(z.object({ commandId: commandIdSchema, draft: workersAgreementDraftSchema }), workersAgreementListSchema),
  'withdraw-workers-agreement': channel(z.object({ commandId: commandIdSchema, reason: agreementWithdrawalSchema.shape.reason }), workersAgreementListSchema),
  /** Refused by the desk and by the hub while the checker finds anything. */
  'publish-script': channel(z.object({ commandId: commandIdSchema, pack: jsonObjectSchema }), scriptEntitySchema),
  /** The product's own pack of that name counts again. */
  'withdraw-script': channel(z.object({ commandId: commandIdSchema, packId: packIdSchema }), z.object({})),
  /** `pack` null forgets the draft. */
  'save-script-draft': channel(z.object({ commandId: commandIdSchema, packId: packIdSchema, pack: jsonObjectSchema.nullable() }), z.object({})),
  'save-certificates': channel(
    z.object({ commandId: commandIdSchema, userId: userIdSchema, certificates: certificateDraftSchema.shape.certificates }), certificateListSchema.shape.people.element,
  ),
} as const satisfies ChannelMap;

export type CreditorConduct = z.infer<typeof conductOverviewSchema>['creditors'][number];
export type CertifiedPerson = z.infer<typeof certificateListSchema>['people'][number];
