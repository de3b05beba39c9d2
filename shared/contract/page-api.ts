/**
 * What the preload lends to a page (`window.premura`): declared once, for both sides.
 */
import { z } from 'zod';
import type { LinePageApi } from './line-channels.ts';

export interface RequestEnvelope {
  kind: 'query' | 'command';
  name: string;
  input: unknown;
}

export type ConnectionState = 'connected' | 'reconnecting';

/** A message of the desk that nobody asked for. */
export interface TopicMessage {
  topic: string;
  payload: unknown;
}

export const appInfoSchema = z.object({
  /** The build for the test Electron: it has no cipher and says so. */
  testRuntime: z.boolean(),
  demo: z.boolean(),
  /** This window is the training: invented data, a hub of its own. */
  training: z.boolean(),
  version: z.string(),
  platform: z.string(),
  locale: z.enum(['it', 'en']),
  /** Of a test build under test, whose clock is set off; 0 in every other. */
  clockShiftMs: z.int(),
});
/** Facts about the running app; they do not change while a page lives. */
export type AppInfo = z.infer<typeof appInfoSchema>;

/** What stands on the desktop, for anybody to read: never a name, never an amount. */
export const desktopNoticeSchema = z.object({ title: z.string().min(1).max(60), text: z.string().min(1).max(160) });
export type DesktopNotice = z.infer<typeof desktopNoticeSchema>;

/** What comes out is `unknown` until a schema has read it. */
export interface PageApi {
  /** Answers a Result; never rejects for a foreseen reason. */
  request(envelope: RequestEnvelope): Promise<unknown>;
  onTopic(listener: (message: TopicMessage) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Closes this window and opens the training (true), or the real work (false). */
  switchTraining(wanted: boolean): void;
  /** Shows a line on the desktop while another window is in front; main looks again whether that is so. */
  notify(notice: DesktopNotice): void;
  /** The line was clicked: the window is in front again. */
  onNoticeOpened(listener: () => void): () => void;
  line: LinePageApi;
  app: unknown;
}
