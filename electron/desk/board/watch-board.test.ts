/** What a desk makes of the board's stream: what it cannot read passes, and what it can is shown. */
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import type { Board } from '../../../shared/protocol/board-protocol.ts';
import { ok } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import type { HubClient } from '../sync/hub-client.ts';
import { BoardWatch } from './watch-board.ts';

interface Watched { say: (event: string, data: unknown) => void; until: (accepts: (screen: BoardScreen) => boolean) => Promise<BoardScreen>; logged: string[]; streams: () => number; setNowMs: (nowMs: number) => void }

const boardOf = (revision: number): Board => ({
  revision, computedAt: revision, day: '2026-11-24' as PlainDate, queues: [], hours: [], promisedToday: [], inbound: { waiting: 0, answered: 0, answeredInTime: 0, missed: 0 },
});

function watch(): Watched {
  const logged: string[] = [];
  const log = vi.spyOn(console, 'error').mockImplementation((line: unknown) => { logged.push(String(line)); });
  const stream = new PassThrough();
  const over = new AbortController();
  let [streams, nowMs, isOver] = [0, 1_000, false];
  const changes = new Set<() => void>();
  onTestFinished(() => {
    isOver = true;
    stream.destroy();
    log.mockRestore();
  });
  const client = { requestStream: () => { streams += 1; return Promise.resolve(ok(stream)); } } as unknown as HubClient;
  const board = new BoardWatch({
    clock: { nowMs: () => nowMs }, notify: () => { for (const changed of changes) changed(); },
    sync: { withHub: (use: (client: HubClient, signal: AbortSignal) => Promise<unknown>) => use(client, over.signal), isOver: () => isOver },
  } as unknown as ConstructorParameters<typeof BoardWatch>[0]);
  board.show();
  return {
    logged, streams: () => streams, setNowMs: (value) => { nowMs = value; },
    say: (event, data) => { stream.write(`event: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`); },
    until: (accepts) => new Promise((resolve) => {
      const look = (): void => {
        const screen = board.show();
        if (!accepts(screen)) return;
        changes.delete(look);
        resolve(screen);
      };
      changes.add(look);
      look();
    }),
  };
}

it('leaves alone what it cannot read, says so once and without what it carries, and shows the next that it can', async () => {
  const { say, until, logged, streams } = watch();
  say('board', boardOf(1));
  await until(({ board }) => board?.revision === 1);
  for (const strange of [{ ...boardOf(2), inbound: 'many', secret: 'Niccolò' }, 'no JSON at all', {}]) for (const event of ['board', 'people', 'still']) say(event, strange);
  say('weather', { sky: 'clear' });
  // The control: the same kinds of event as this build knows them, on the same stream.
  say('people', { people: null });
  expect(await until(({ people }) => people === null)).toMatchObject({ line: 'live', board: { revision: 1 } });
  say('board', boardOf(3));
  expect(await until(({ board }) => board?.revision === 3)).toMatchObject({ line: 'live' });
  expect(streams()).toBe(1);
  expect(logged.map((line) => /"(\w+)"/.exec(line)?.[1])).toEqual(['board', 'people', 'still']);
  expect(logged.join()).not.toContain('Niccolò');
});

it('figures that an unreadable snapshot would have replaced grow old, whatever the hub says still holds', async () => {
  const { say, until, setNowMs } = watch();
  say('board', boardOf(1));
  await until(({ board }) => board?.revision === 1);
  setNowMs(2_000);
  say('board', { ...boardOf(2), queues: 'none' });
  say('still', { asOf: 50 });
  say('people', { people: null });
  expect(await until(({ people }) => people === null)).toMatchObject({ asOfMs: 1_000, board: { revision: 1, computedAt: 1 } });
  // The control: after one that was read, the word that it still holds makes it younger.
  say('board', boardOf(3));
  await until(({ board }) => board?.revision === 3);
  setNowMs(3_000);
  say('still', { asOf: 60 });
  expect(await until(({ asOfMs }) => asOfMs === 3_000)).toMatchObject({ board: { revision: 3, computedAt: 60 } });
});
