import { describe, expect, it } from 'vitest';
import { createLineLink } from './line-link.ts';

describe('the link to the line', () => {
  it('tells each new listener how the line stood last, and levels only as they come', () => {
    const link = createLineLink(() => Promise.resolve(null));
    const early: unknown[] = [];
    const leave = link.page.onMessage((message) => early.push(message));
    link.receive({ kind: 'line', screen: 1 });
    link.receive({ kind: 'line', screen: 2 });
    link.receive({ kind: 'level', microphone: 0.1, received: 0 });
    const late: unknown[] = [];
    link.page.onMessage((message) => late.push(message));
    leave();
    link.receive({ kind: 'line', screen: 3 });
    expect(early).toEqual([{ kind: 'line', screen: 1 }, { kind: 'line', screen: 2 }, { kind: 'level', microphone: 0.1, received: 0 }]);
    expect(late).toEqual([{ kind: 'line', screen: 2 }, { kind: 'line', screen: 3 }]);
  });

  it('asks by name and input, and nothing else', async () => {
    const asked: unknown[] = [];
    const link = createLineLink((request) => {
      asked.push(request);
      return Promise.resolve({ ok: true, value: {} });
    });
    expect(await link.page.request('retry-line', {})).toEqual({ ok: true, value: {} });
    expect(asked).toEqual([{ name: 'retry-line', input: {} }]);
  });
});
