/** Who listens stays on the operator's screen over a hub that has forgotten it: until it is told and untold again, or the call is over. */
import { expect, it } from 'vitest';
import { newId } from '../../../shared/id.ts';
import type { OwnFloor } from '../../../shared/protocol/floor-protocol.ts';
import { listeningIdSchema, quietFloor } from '../../../shared/protocol/floor-protocol.ts';
import { DeskFloor } from './desk-floor.ts';

const listener = { listeningId: listeningIdSchema.parse(newId<string>()), byName: 'Laura', how: 'listen' as const };

/** Of a desk that nobody has signed in at: it asks no hub. */
function hears(floor: DeskFloor, ...told: OwnFloor[]): number {
  for (const own of told) floor.hear('own', JSON.stringify(own));
  return floor.show().own.listeners.length;
}

it('goes at once when the hub that told it says so', () => {
  const floor = new DeskFloor();
  floor.networkIs('online');
  expect(hears(floor, quietFloor, { ...quietFloor, listeners: [listener] })).toBe(1);
  expect(hears(floor, quietFloor)).toBe(0);
});

it('stays over a hub that knows nothing, and goes when it was told and untold, or with the call', async () => {
  const floor = new DeskFloor();
  floor.networkIs('online');
  hears(floor, quietFloor, { ...quietFloor, listeners: [listener] });
  floor.networkIs('offline');
  floor.networkIs('online');
  expect(hears(floor, quietFloor, { ...quietFloor, help: { comingName: null } })).toBe(1);
  expect(hears(floor, { ...quietFloor, listeners: [listener] })).toBe(1);
  expect(hears(floor, quietFloor)).toBe(0);
  hears(floor, { ...quietFloor, listeners: [listener] });
  floor.networkIs('offline');
  floor.networkIs('online');
  expect(hears(floor, quietFloor)).toBe(1);
  await floor.dropListeners();
  expect(hears(floor, quietFloor)).toBe(0);
});

it('takes the word of a hub of before, which knows of nobody who is let out, and leaves alone an event that it does not know', () => {
  const floor = new DeskFloor();
  floor.hear('own', JSON.stringify({ help: null, listeners: [listener] }));
  floor.hear('of-a-newer-hub', 'not even JSON');
  for (const strange of ['not even JSON', JSON.stringify({ help: 'yes' })]) for (const event of ['own', 'helps']) floor.hear(event, strange);
  expect(floor.show()).toMatchObject({ released: null, own: { release: null, listeners: [listener] } });
});
