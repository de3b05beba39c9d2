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

/** What comes out is `unknown` until a schema has read it. */
export interface PageApi {
  /** Answers a Result; never rejects for a foreseen reason. */
  request(envelope: RequestEnvelope): Promise<unknown>;
  onTopic(listener: (message: TopicMessage) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Closes this window and opens the training (true), or the real work (false). */
  switchTraining(wanted: boolean): void;
  line: LinePageApi;
  app: unknown;
}
