/** Which hub counts as a demo: calls may be practised only where everything is invented. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import { openStore } from '../store/open-store.ts';
import { addUser } from '../users/add-user.ts';
import { isDemoHub, seedDemo } from './seed-demo.ts';

let folder: string;
let store: HubStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'premura-seed-'));
  store = await openStore({ dataDir: folder, postgresUrl: null });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('is one that the demo filled when it was empty', async () => {
  expect(await isDemoHub(store)).toBe(false);
  await seedDemo(store, systemClock, folder);
  expect(await isDemoHub(store)).toBe(true);
});

it('is none that somebody used before, whatever it is started with', async () => {
  await addUser(store, systemClock, { username: 'carla', displayName: 'Carla', role: 'collector', password: 'fiume-lento-9', certificates: [] });
  await seedDemo(store, systemClock, folder);
  expect(await isDemoHub(store)).toBe(false);
});
