/**
 * What main says to the processes it supervises, and what they say back.
 *
 * Invariant: main holds no business rule; it starts, hands over ports and addresses, and
 * lends the OS keychain. Every message is parsed on arrival, on both sides.
 */
import { z } from 'zod';
import { desksPrintRequest, mainsPrintReply } from './print-host-protocol.ts';
import { deskToMainTelephone, mainToDeskTelephone } from './telephone-host-protocol.ts';

export const deskConfigSchema = z.object({
  /** Folder that holds the operators' sealed stores. */
  profileDir: z.string(),
  hubUrl: z.string(),
  /** `embedded`, or the hub's URL: names the folder of the stores, so it must outlive a port. */
  hubKey: z.string(),
  /** Offer the demo roles on the sign-in screen. */
  demo: z.boolean(),
  /** Calls are practised: the operator has an account of the practice line, whatever the hub knows. Only beside the demo's own hub. */
  practiceLine: z.boolean(),
  /** True only in a build for the test Electron, whose SQLite has no cipher. */
  testRuntime: z.boolean(),
  siteZone: z.string(),
  locale: z.enum(['it', 'en']),
  /** Where a file that somebody asked for is put. */
  downloadsDir: z.string(),
});
export type DeskConfig = z.infer<typeof deskConfigSchema>;

export const mainToDeskSchema = z.discriminatedUnion('type', [
  /** `resume`: what a desk before this one handed over; see `session`. */
  z.object({ type: z.literal('start'), config: deskConfigSchema, resume: z.string().nullable().default(null) }),
  z.object({ type: z.literal('window-port'), windowRole: z.literal('app'), windowId: z.int() }),
  z.object({ type: z.literal('hub-url'), hubUrl: z.string() }),
  z.object({
    type: z.literal('keychain-reply'),
    requestId: z.string(),
    ok: z.boolean(),
    value: z.string().optional(),
  }),
  ...mainToDeskTelephone,
  mainsPrintReply,
  z.object({ type: z.literal('shutdown') }),
]);
export type MainToDesk = z.input<typeof mainToDeskSchema>;
export type MainToDeskParsed = z.output<typeof mainToDeskSchema>;

export const deskToMainSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('keychain-request'),
    requestId: z.string(),
    operation: z.enum(['wrap', 'unwrap', 'status']),
    /** base64 */
    value: z.string().optional(),
  }),
  /**
   * How the next desk goes on with this session if this one dies: opaque, held in main's memory
   * only, never written; null after a sign-out.
   */
  z.object({ type: z.literal('session'), resume: z.string().nullable() }),
  ...deskToMainTelephone,
  desksPrintRequest,
  z.object({ type: z.literal('fatal'), message: z.string() }),
]);
export type DeskToMain = z.infer<typeof deskToMainSchema>;

export const hubConfigSchema = z.object({
  dataDir: z.string(),
  host: z.string(),
  port: z.int().min(0).max(65535),
  demo: z.boolean(),
});
export type HubConfig = z.infer<typeof hubConfigSchema>;

export const mainToHubSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: hubConfigSchema }),
  z.object({ type: z.literal('shutdown') }),
]);
export type MainToHub = z.infer<typeof mainToHubSchema>;

export const hubToMainSchema = z.discriminatedUnion('type', [
  /** `isDemo`: everything in it is invented; false in a hub that was used before somebody asked for the demo. */
  z.object({ type: z.literal('ready'), port: z.int(), isDemo: z.boolean() }),
  z.object({ type: z.literal('fatal'), message: z.string() }),
]);
export type HubToMain = z.infer<typeof hubToMainSchema>;

/** Page → desk, over the window's MessagePort. */
export const portRequestSchema = z.object({
  id: z.int(),
  kind: z.enum(['query', 'command']),
  name: z.string(),
  input: z.unknown(),
});
export type PortRequest = z.infer<typeof portRequestSchema>;

/** Desk → page: the reply to a request, or a topic for whoever listens. */
export type PortMessage = { id: number; result: unknown } | { topic: string; payload: unknown };
