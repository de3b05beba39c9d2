/**
 * The page's way to the telephone, as the preload lends it.
 *
 * Invariant: whoever begins to listen is told at once how the line stood last; the page gets functions, never the channel.
 */
import { z } from 'zod';
import type { LinePageApi } from '../../shared/contract/line-channels.ts';

const kindSchema = z.object({ kind: z.string() });

export interface LineLink {
  page: LinePageApi;
  /** What came from main. */
  receive(message: unknown): void;
}

/** @param invoke to main, which answers a Result */
export function createLineLink(invoke: (request: { name: string; input: unknown }) => Promise<unknown>): LineLink {
  const listeners = new Set<(message: unknown) => void>();
  let lastLine: unknown = null;
  return {
    page: {
      request: (name, input) => invoke({ name, input }),
      onMessage: (listener) => {
        listeners.add(listener);
        if (lastLine !== null) listener(lastLine);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    receive: (message) => {
      if (kindSchema.parse(message).kind === 'line') lastLine = message;
      for (const listener of listeners) listener(message);
    },
  };
}
