/**
 * Requests and answers over one replaceable port.
 *
 * Invariant: see app.ts. A request made while there is no port waits for the next one: it was
 * never sent, so sending it then cannot do anything twice. One that was sent and not answered
 * may have been done: it is answered with an error that says "ask again", and the same command id
 * makes the repeat harmless.
 */
import { z } from 'zod';
import type { ConnectionState, TopicMessage } from '../../shared/contract/page-api.ts';
import { fail } from '../../shared/result.ts';

export const requestEnvelopeSchema = z.object({
  kind: z.enum(['query', 'command']),
  name: z.string(),
  input: z.unknown(),
});
const replySchema = z.object({ id: z.int(), result: z.unknown() });
const topicSchema = z.object({ topic: z.string(), payload: z.unknown() });

type RequestEnvelope = z.infer<typeof requestEnvelopeSchema>;
type Forget = () => void;

/** The part of a MessagePort that the link uses. */
export interface LinkPort {
  onmessage: ((event: MessageEvent) => unknown) | null;
  postMessage(message: unknown): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

export interface DeskLink {
  attach: (port: LinkPort) => void;
  detach: () => void;
  request: (envelope: unknown) => Promise<unknown>;
  onTopic: (listener: (message: TopicMessage) => void) => Forget;
  onConnection: (listener: (state: ConnectionState) => void) => Forget;
}

interface Pending {
  envelope: RequestEnvelope;
  sent: boolean;
  answer: (result: unknown) => void;
}

/** A link without a port: `reconnecting` until the first is attached. */
export function createDeskLink(): DeskLink {
  let port: LinkPort | null = null;
  let nextId = 1;
  const pending = new Map<number, Pending>();
  const topicListeners = new Set<(message: TopicMessage) => void>();
  const connectionListeners = new Set<(state: ConnectionState) => void>();

  function tellConnection(): void {
    for (const listener of connectionListeners) listener(connectionState());
  }

  function connectionState(): ConnectionState {
    return port === null ? 'reconnecting' : 'connected';
  }

  function sendPending(id: number, request: Pending): void {
    if (port === null) return;
    request.sent = true;
    port.postMessage({ id, ...request.envelope });
  }

  function receive(message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (reply.success) {
      const request = pending.get(reply.data.id);
      pending.delete(reply.data.id);
      request?.answer(reply.data.result);
      return;
    }
    const { topic, payload } = topicSchema.parse(message);
    for (const listener of topicListeners) listener({ topic, payload });
  }

  function attach(next: LinkPort): void {
    drop();
    port = next;
    next.onmessage = (event) => {
      if (port === next) receive(event.data);
    };
    next.addEventListener('close', () => {
      if (port === next) detach();
    });
    next.start();
    for (const [id, request] of pending) sendPending(id, request);
    tellConnection();
  }

  function detach(): void {
    if (port === null) return;
    drop();
    tellConnection();
  }

  function drop(): void {
    if (port === null) return;
    port.close();
    port = null;
    for (const [id, request] of pending) {
      if (!request.sent) continue;
      pending.delete(id);
      request.answer(fail('desk-restarted', 'error.deskRestarted', {}, true));
    }
  }

  return {
    attach,
    detach,
    request: (envelope) => {
      const parsed = requestEnvelopeSchema.parse(envelope);
      return new Promise((resolve) => {
        const id = nextId;
        nextId += 1;
        const request: Pending = { envelope: parsed, sent: false, answer: resolve };
        pending.set(id, request);
        sendPending(id, request);
      });
    },
    onTopic: (listener) => {
      topicListeners.add(listener);
      return () => {
        topicListeners.delete(listener);
      };
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener(connectionState());
      return () => {
        connectionListeners.delete(listener);
      };
    },
  };
}
