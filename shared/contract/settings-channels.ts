/**
 * An operator's own settings, kept in the operator's sealed store, and the agenda.
 *
 * Invariant: a setting that is not set, or that this build cannot read, is its default; null asks for the default again.
 */
import { z } from 'zod';
import { appointmentKinds } from '../case/list-appointments.ts';
import { caseIdSchema, commandIdSchema, creditorIdSchema } from '../id.ts';
import { progressiveSeconds } from '../agent/progressive.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { toneSchema } from '../case/case-entity.ts';
import { leaseViewSchema, reasonSchema, worklistViewSchema } from './screens.ts';
import { worklistFilterSchema } from './worklist-filter.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export const densities = ['comfortable', 'compact'] as const;
export const MOST_SAVED_VIEWS = 9;

export const savedViewSchema = z.object({
  name: z.string().trim().min(1).max(60),
  view: worklistViewSchema,
  creditorId: creditorIdSchema.nullable(),
  filter: worklistFilterSchema,
});
export type SavedView = z.output<typeof savedViewSchema>;

const sharePercentSchema = z.int().min(0).max(100);
const countThresholdSchema = z.object({ watch: z.int().min(1).max(9_999), bad: z.int().min(1).max(9_999) }).refine(({ watch, bad }) => watch <= bad, { message: 'bad before watch' });

/** From when a figure of the live board wants a look, and from when it is bad. */
export const boardThresholdsSchema = z.object({
  serviceLevel: z.object({ good: sharePercentSchema, bad: sharePercentSchema }).refine(({ good, bad }) => bad < good, { message: 'bad before good' }),
  callbacksLate: countThresholdSchema,
  callbacksUncovered: countThresholdSchema,
  inboundWaiting: countThresholdSchema,
  /** A list that lasts longer than this hour of the site wants a look. */
  endsBy: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type BoardThresholds = z.output<typeof boardThresholdsSchema>;

/** Each setting with its schema; the language and the theme default to what this PC shows at the sign-in. */
export const settingSchemas = {
  language: z.enum(['it', 'en']).nullable(),
  theme: z.enum(themeChoices).nullable(),
  density: z.enum(densities),
  /** Alt+1 … Alt+9, in this order. */
  savedViews: z.array(savedViewSchema).max(MOST_SAVED_VIEWS),
  /** Key by id of the shortcut (`renderer/app/keyboard.ts`); only those that differ from the default. */
  shortcuts: z.record(z.string().max(60), z.string().min(1).max(40)),
  /** The guided first case was gone through, or left. */
  guideSeen: z.boolean(),
  /** How long progressive mode shows a case before it dials; whether it is on is kept nowhere. */
  progressiveSeconds: z.literal(progressiveSeconds),
  board: boardThresholdsSchema,
  /** Alarms of the board do not sound. */
  boardQuiet: z.boolean(),
  /** An alarm of the board shows on the desktop while another window is in front. */
  boardNotify: z.boolean(),
} as const;
export type SettingKey = keyof typeof settingSchemas;

export const settingsSchema = z.object(settingSchemas);
export type Settings = z.output<typeof settingsSchema>;
export const defaultSettings: Settings = {
  language: null, theme: null, density: 'comfortable', savedViews: [], shortcuts: {}, guideSeen: false, progressiveSeconds: 10, boardQuiet: false, boardNotify: true,
  board: {
    serviceLevel: { good: 90, bad: 60 }, callbacksLate: { watch: 1, bad: 5 }, callbacksUncovered: { watch: 1, bad: 3 }, inboundWaiting: { watch: 1, bad: 3 }, endsBy: '20:00',
  },
};

const changeSchema = z.discriminatedUnion('key', [
  z.object({ key: z.literal('language'), value: settingSchemas.language }),
  z.object({ key: z.literal('theme'), value: settingSchemas.theme }),
  z.object({ key: z.literal('density'), value: settingSchemas.density.nullable() }),
  z.object({ key: z.literal('savedViews'), value: settingSchemas.savedViews.nullable() }),
  z.object({ key: z.literal('shortcuts'), value: settingSchemas.shortcuts.nullable() }),
  z.object({ key: z.literal('guideSeen'), value: settingSchemas.guideSeen.nullable() }),
  z.object({ key: z.literal('progressiveSeconds'), value: settingSchemas.progressiveSeconds.nullable() }),
  z.object({ key: z.literal('board'), value: settingSchemas.board.nullable() }),
  z.object({ key: z.literal('boardQuiet'), value: settingSchemas.boardQuiet.nullable() }),
  z.object({ key: z.literal('boardNotify'), value: settingSchemas.boardNotify.nullable() }),
]);
export type SettingChange = z.input<typeof changeSchema>;

/** The sealed store of whoever is signed in, for the screen's last section. */
export const dataFolderSchema = z.object({
  folder: z.string(), encrypted: z.boolean(), schemaVersion: z.int(), sizeBytes: z.int(), freeBytes: z.int(), caseCount: z.int(),
});

export const agendaEntrySchema = z.object({
  caseId: caseIdSchema,
  customerName: z.string(),
  creditorName: z.string(),
  tone: toneSchema,
  kind: z.enum(appointmentKinds),
  on: plainDateSchema,
  at: instantSchema.nullable(),
  zone: z.string().nullable(),
  audience: z.enum(['only-me', 'anyone']).nullable(),
  amountCents: z.int().nullable(),
  currency: z.string(),
  /** Its day, or its hour, has passed. */
  late: z.boolean(),
  /** Nobody may work it until somebody else has decided. */
  stopped: reasonSchema.nullable(),
});
export type AgendaEntry = z.infer<typeof agendaEntrySchema>;

/** Days as asked; what is late before them stands apart, oldest first. */
export const agendaScreenSchema = z.object({
  today: plainDateSchema,
  /** Without a live lease nothing is shown: it cannot be started. */
  lease: leaseViewSchema,
  late: z.object({ count: z.int(), entries: z.array(agendaEntrySchema) }),
  days: z.array(z.object({ date: plainDateSchema, count: z.int(), entries: z.array(agendaEntrySchema) })),
});
export type AgendaScreen = z.infer<typeof agendaScreenSchema>;

export const settingsQueries = {
  'show-settings': channel(z.object({}), settingsSchema),
  'show-data-folder': channel(z.object({}), dataFolderSchema),
  /** `offset` counts days, or weeks of seven days, from today. */
  'list-agenda': channel(z.object({ span: z.enum(['day', 'week']), offset: z.int().min(-520).max(520) }), agendaScreenSchema),
} as const satisfies ChannelMap;

export const settingsCommands = {
  'save-setting': channel(z.object({ commandId: commandIdSchema, change: changeSchema }), settingsSchema),
  /** All of them but the saved views, which are work. */
  'reset-settings': channel(z.object({ commandId: commandIdSchema }), settingsSchema),
} as const satisfies ChannelMap;
