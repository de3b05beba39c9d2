/**
 * What a page may know about the app around it, and the names of the messages that bring it a port.
 *
 * Invariant: it travels as an argument of the page's process, so it is there before the first
 * line of the page runs; it holds no secret.
 */
import { z } from 'zod';

export const appInfoSchema = z.object({
  testRuntime: z.boolean(),
  demo: z.boolean(),
  version: z.string(),
  platform: z.string(),
  locale: z.enum(['it', 'en']),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const appInfoArgument = '--premura-app-info=';

export const pageChannel = {
  /** Page → main: wants a port to the desk. */
  portWanted: 'premura:port-wanted',
  /** Main → page: here is one, instead of any earlier one. */
  port: 'premura:port',
  /** Main → page: the desk is gone; a port will follow. */
  deskLost: 'premura:desk-lost',
} as const;
