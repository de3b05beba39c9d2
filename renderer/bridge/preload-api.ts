/**
 * What the preload lends to the page, checked on arrival.
 *
 * Invariant: `window.premura` is touched in this folder and nowhere else; what comes out of
 * it is `unknown` until a schema has read it.
 */
import { z } from 'zod';

export interface RequestEnvelope {
  kind: 'query' | 'command';
  name: string;
  input: unknown;
}

export type ConnectionState = 'connected' | 'reconnecting';

export interface PreloadApi {
  /** Answers a Result; never rejects for a foreseen reason. */
  request(envelope: RequestEnvelope): Promise<unknown>;
  onTopic(listener: (message: { topic: string; payload: unknown }) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  app: unknown;
}

declare global {
  interface Window {
    premura: PreloadApi;
  }
}

const appInfoSchema = z.object({
  /** The build for the test Electron: it has no cipher and says so. */
  testRuntime: z.boolean(),
  demo: z.boolean(),
  version: z.string(),
  platform: z.string(),
  locale: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Facts about the running app; they do not change while a page lives. */
export function readAppInfo(): AppInfo {
  return appInfoSchema.parse(window.premura.app);
}
