import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProcessSupervisor } from './process-supervisor.ts';
import type { ChildHandle } from './process-supervisor.ts';

interface TestChild extends ChildHandle<string> {
  sent: unknown[];
  killed: boolean;
  say(message: unknown): void;
  exit(code: number): void;
}

function createChild(): TestChild {
  let hear: (message: unknown) => void = () => undefined;
  let leave: (code: number | null) => void = () => undefined;
  return {
    sent: [],
    killed: false,
    send(message) {
      this.sent.push(message);
    },
    onMessage: (listener) => (hear = listener),
    onExit: (listener) => (leave = listener),
    kill() {
      this.killed = true;
    },
    say: (message) => {
      hear(message);
    },
    exit: (code) => {
      leave(code);
    },
  };
}

function setUp(greeting: string | null = 'start') {
  const children: TestChild[] = [];
  const events: string[] = [];
  const supervisor = createProcessSupervisor<string, string>({
    name: 'child',
    spawn: () => {
      const child = createChild();
      children.push(child);
      return child;
    },
    parse: (message) => (typeof message === 'string' ? message : null),
    isReady: (message) => message === 'ready',
    greeting: () => greeting,
    onMessage: (message) => events.push(message),
    onReady: () => events.push('[ready]'),
    onLost: () => events.push('[lost]'),
    log: () => undefined,
  });
  const child = (index: number): TestChild => {
    const found = children[index];
    if (found === undefined) throw new Error(`no child ${String(index)}`);
    return found;
  };
  return { supervisor, children, events, child };
}

describe('process supervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('greets a child first, and sends only while there is one', () => {
    const { supervisor, child, events } = setUp();
    expect(supervisor.send('nobody there')).toBe(false);
    supervisor.start();
    expect(supervisor.send('early')).toBe(true);
    child(0).say('ready');
    expect(events).toEqual(['ready', '[ready]']);
    expect(supervisor.send('now')).toBe(true);
    expect(child(0).sent).toEqual(['start', 'early', 'now']);
    child(0).exit(1);
    expect(supervisor.send('gone')).toBe(false);
  });

  it('lets a child without a greeting warm up', () => {
    const { supervisor, child } = setUp(null);
    supervisor.start();
    expect(child(0).sent).toEqual([]);
    supervisor.send('start');
    expect(child(0).sent).toEqual(['start']);
  });

  it('does not deliver what it cannot parse', () => {
    const { supervisor, child, events } = setUp();
    supervisor.start();
    child(0).say({ odd: true });
    expect(events).toEqual([]);
    expect(supervisor.stateName()).toBe('starting');
  });

  it('starts a lost child again, later each time', () => {
    const { supervisor, children, child, events } = setUp();
    supervisor.start();
    child(0).exit(1);
    expect(supervisor.stateName()).toBe('waiting');
    vi.advanceTimersByTime(99);
    expect(children).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(children).toHaveLength(2);
    child(1).exit(1);
    vi.advanceTimersByTime(199);
    expect(children).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(children).toHaveLength(3);
    expect(events).toEqual(['[lost]', '[lost]']);
  });

  it('hears nothing of a child that is gone', () => {
    const { supervisor, child, events } = setUp();
    supervisor.start();
    child(0).exit(1);
    vi.advanceTimersByTime(100);
    child(0).say('ready');
    child(0).exit(1);
    expect(events).toEqual(['[lost]']);
    expect(supervisor.stateName()).toBe('starting');
  });

  it('shuts down once, and starts nothing afterwards', async () => {
    const { supervisor, child, children } = setUp();
    supervisor.start();
    child(0).say('ready');
    const ended = supervisor.shutdown();
    expect(supervisor.shutdown()).toBe(ended);
    expect(child(0).sent.at(-1)).toEqual({ type: 'shutdown' });
    child(0).exit(0);
    await ended;
    supervisor.start();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
    expect(supervisor.stateName()).toBe('stopped');
  });

  it('kills a child that does not end', async () => {
    const { supervisor, child } = setUp();
    supervisor.start();
    const ended = supervisor.shutdown();
    vi.advanceTimersByTime(10_000);
    expect(child(0).killed).toBe(true);
    child(0).exit(137);
    await ended;
  });

  it('does not start again while it waits when it is shut down', async () => {
    const { supervisor, child, children } = setUp();
    supervisor.start();
    child(0).exit(1);
    await supervisor.shutdown();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
  });
});
