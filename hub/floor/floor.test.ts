/** Two hub processes that hear each other's whispers, on one store. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import type { HubStore } from '../store/hub-store.ts';
import { openSqlite } from '../store/sqlite/open-sqlite.ts';
import { Floor } from './floor.ts';

const anna = newId<UserId>();
let database: HubStore;
let first: Floor;
let second: Floor;

beforeEach(async () => {
  database = await openSqlite(`${temporaryFolder()}/hub.sqlite`);
  const listeners = new Set<(text: string) => void>();
  const store: HubStore = {
    ...database,
    whisper: (text) => {
      for (const listener of listeners) listener(text);
      return Promise.resolve();
    },
    onWhisper: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  first = new Floor(store, systemClock);
  second = new Floor(store, systemClock);
});
afterEach(async () => {
  first.stop();
  second.stop();
  await database.close();
});

function tellAll(floor: Floor): void {
  floor.tellState(anna, { state: 'wrap-up', forMs: 0, isOver: false });
  floor.askHelp(anna, true);
}
const heldAt = (floor: Floor): unknown[] => [floor.of(anna).state?.name ?? null, floor.of(anna).help];

it('whoever has gone from one process and is connected at another stays, at both', () => {
  first.connect(anna);
  tellAll(second);
  second.leave(anna);
  expect([heldAt(first), heldAt(second)]).toEqual([['wrap-up', { comingId: null }], ['wrap-up', { comingId: null }]]);
});

it('whoever has gone and is connected nowhere is gone from both', () => {
  const disconnect = first.connect(anna);
  tellAll(first);
  disconnect();
  second.leave(anna);
  expect([first.everybody(), second.everybody()]).toEqual([[], []]);
});

it('a process that stops takes its own people along, and nobody who is connected at another', () => {
  const bruno = newId<UserId>();
  first.connect(anna);
  first.connect(bruno);
  second.connect(bruno);
  tellAll(first);
  second.tellState(bruno, { state: 'ready', forMs: 0, isOver: false });
  first.stop();
  expect(second.everybody().map(([userId, { state }]) => [userId, state?.name])).toEqual([[bruno, 'ready']]);
});

it('a process that stops takes along whose connection it has just closed', () => {
  const disconnect = first.connect(anna);
  tellAll(first);
  disconnect();
  first.stop();
  expect(second.everybody()).toEqual([]);
});
