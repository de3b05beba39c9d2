import { describe, expect, it } from 'vitest';
import type { ConnectionState, TopicMessage } from '../../shared/contract/page-api.ts';
import { createDeskLink } from './desk-link.ts';
import type { LinkPort } from './desk-link.ts';

interface TestPort extends LinkPort {
  sent: unknown[];
  closed: boolean;
  say(data: unknown): void;
  die(): void;
}

function createPort(): TestPort {
  const closeListeners: (() => void)[] = [];
  return {
    onmessage: null,
    sent: [],
    closed: false,
    postMessage(message) {
      this.sent.push(message);
    },
    addEventListener: (_type, listener) => {
      closeListeners.push(listener);
    },
    start: () => undefined,
    close() {
      this.closed = true;
    },
    say(data) {
      this.onmessage?.(new MessageEvent('message', { data }));
    },
    die: () => {
      for (const listener of closeListeners) listener();
    },
  };
}

const ask = { kind: 'query', name: 'worklist', input: { limit: 1 } };

describe('desk link', () => {
  it('matches answers to requests, in any order', async () => {
    const link = createDeskLink();
    const port = createPort();
    link.attach(port);
    const first = link.request(ask);
    const second = link.request({ ...ask, name: 'case' });
    expect(port.sent).toEqual([
      { id: 1, ...ask },
      { id: 2, ...ask, name: 'case' },
    ]);
    port.say({ id: 2, result: 'b' });
    port.say({ id: 1, result: 'a' });
    expect(await first).toBe('a');
    expect(await second).toBe('b');
  });

  it('keeps a request until there is a port', async () => {
    const link = createDeskLink();
    const answer = link.request(ask);
    const port = createPort();
    link.attach(port);
    port.say({ id: 1, result: 'late' });
    expect(await answer).toBe('late');
  });

  it.each(['close', 'detach', 'replacement'])('answers what was under way when the port is lost by %s', async (how) => {
    const link = createDeskLink();
    const port = createPort();
    link.attach(port);
    const answer = link.request(ask);
    if (how === 'close') port.die();
    else if (how === 'detach') link.detach();
    else link.attach(createPort());
    expect(await answer).toEqual({
      ok: false,
      error: { code: 'desk-restarted', messageKey: 'error.deskRestarted', retryable: true, details: {} },
    });
    expect(port.closed).toBe(true);
  });

  it('does not hear or mind an old port', async () => {
    const link = createDeskLink();
    const old = createPort();
    const current = createPort();
    const states: ConnectionState[] = [];
    link.attach(old);
    link.attach(current);
    link.onConnection((state) => states.push(state));
    const answer = link.request(ask);
    old.say({ id: 1, result: 'old' });
    old.die();
    current.say({ id: 1, result: 'new' });
    expect(await answer).toBe('new');
    expect(states).toEqual(['connected']);
  });

  it('tells topics and connection until a listener leaves', () => {
    const link = createDeskLink();
    const port = createPort();
    const topics: TopicMessage[] = [];
    const states: ConnectionState[] = [];
    const leave = link.onTopic((topic) => topics.push(topic));
    link.onConnection((state) => states.push(state));
    link.attach(port);
    port.say({ topic: 'changed', payload: 1 });
    leave();
    port.say({ topic: 'changed', payload: 2 });
    port.die();
    expect(topics).toEqual([{ topic: 'changed', payload: 1 }]);
    expect(states).toEqual(['reconnecting', 'connected', 'reconnecting']);
  });

  it('refuses what is no request', () => {
    expect(() => createDeskLink().request({ kind: 'delete' })).toThrow();
  });
});
