/**
 * Bit flips and truncations of a desk's database and its log.
 *
 * Invariant: damage is found before anything is believed: either the store opens and holds every fact as it was saved,
 * or the damaged files are kept aside and each unsent fact is either in the new store, under its own id, or in the list
 * of what was lost. Nothing is ever in neither.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRandom } from '../../shared/testing/random.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { readDraft } from '../../electron/desk/store/draft-store.ts';
import { readEntities } from '../../electron/desk/store/entity-store.ts';
import { readDeviceId, readUnsentFacts } from '../../electron/desk/store/fact-store.ts';
import { openOrSalvage, readSalvageNotice } from '../../electron/desk/store/salvage-store.ts';
import { checkLink, contentOf } from '../../shared/facts/chain.ts';
import { newRandomHex } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { PlantedStore } from './damaged-store.ts';
import { copyStore, damage, plantStore, storeOptions } from './damaged-store.ts';

const TRIALS = 500;

interface Verdict {
  outcome: 'whole' | 'salvaged' | 'refused';
  lost: number;
  named: number;
  wrong: string[];
}

function openAndJudge(store: PlantedStore): Verdict {
  const opened = openOrSalvage(storeOptions(store), systemClock);
  if (!opened.ok) return { outcome: 'refused', lost: 0, named: 0, wrong: [`refused: ${opened.error.code}`] };
  const { db } = opened.value;
  try {
    const notice = readSalvageNotice(db);
    const wrong = [...checkFacts(db, store)];
    const held = new Set<string>(readUnsentFacts(db, 0, 1_000).map((fact) => fact.header.id));
    const missing = store.facts.slice(store.acked).filter((fact) => !held.has(fact.id)).length;
    if (notice === null) {
      if (held.size !== store.facts.length) wrong.push(`silently lost ${String(store.facts.length - held.size)} facts`);
      if (readDeviceId(db) !== store.deviceId) wrong.push('a new device without a notice');
      const [entity] = readEntities(db, 'case');
      if (entity === undefined || readDraft(db, entity.id)?.note !== 'stava scrivendo') wrong.push('case or draft is gone');
      return { outcome: 'whole', lost: 0, named: 0, wrong };
    }
    if (notice.lost.length !== missing) wrong.push(`${String(missing)} unsent facts are missing, ${String(notice.lost.length)} are listed`);
    if (notice.salvaged !== store.facts.length - store.acked - missing) wrong.push(`says ${String(notice.salvaged)} salvaged`);
    if (readDeviceId(db) === store.deviceId) wrong.push('the device id is the old one');
    if (!readdirSync(store.folder).some((name) => /^desk\.db\.damaged-[^/]*Z(-wal)?$/.test(name))) wrong.push('nothing was kept aside');
    return { outcome: 'salvaged', lost: missing, named: notice.lost.filter((fact) => fact.customerName === store.customerName).length, wrong };
  } finally {
    db.close();
  }
}

/** Every fact that is held is what was saved, and they hang together. */
function checkFacts(db: Sqlite, store: PlantedStore): string[] {
  const texts = new Map<string, string>(store.facts.map((fact) => [fact.id, fact.text]));
  let before: { seq: number; hash: string } | null = null;
  return readUnsentFacts(db, 0, 1_000).flatMap((fact) => {
    const fault = checkLink(fact.header, contentOf(fact), before);
    before = fact.header;
    return [
      ...(fault === null ? [] : [`seq ${String(fact.header.seq)}: ${fault}`]),
      ...(fact.body !== null && texts.get(fact.header.id) === fact.body['text'] ? [] : [`fact ${fact.header.id} is not what was saved`]),
    ];
  });
}

it(`finds ${String(TRIALS)} flips and cuts, and salvages or names every unsent fact`, () => {
  const seed = Number(process.env['PREMURA_TEST_SEED'] ?? Number.parseInt(newRandomHex(4), 16));
  console.log(`seed ${String(seed)}`);
  const random = createRandom(seed);
  const folder = temporaryFolder();
  const planted = plantStore(folder, { inFile: 40, inLog: 12, acked: 10 });
  const sum = { whole: 0, salvaged: 0, lost: 0, named: 0 };
  const wrong: string[] = [];
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const store = copyStore(planted, join(folder, 'trial'));
    const what = damage(store, random);
    const verdict = openAndJudge(store);
    wrong.push(...verdict.wrong.map((fault) => `trial ${String(trial)}, ${what}: ${fault}`));
    if (verdict.outcome !== 'refused') sum[verdict.outcome] += 1;
    sum.lost += verdict.lost;
    sum.named += verdict.named;
    // What was made stands on its own.
    const again = openStore(storeOptions(store));
    if (again.ok) again.value.db.close();
    else wrong.push(`trial ${String(trial)}, ${what}: then ${again.error.code}`);
  }
  console.log(JSON.stringify(sum));
  expect(wrong).toEqual([]);
  expect(sum.salvaged).toBeGreaterThan(TRIALS / 2);
  // A rig whose damage never costs a fact, or whose lost facts are never named, proves nothing.
  expect(sum.lost).toBeGreaterThan(0);
  expect(sum.named).toBeGreaterThan(0);
});

it('opens an undamaged store after a kill without a word', () => {
  const folder = temporaryFolder();
  const planted = plantStore(folder, { inFile: 40, inLog: 12, acked: 10 });
  expect(openAndJudge(planted)).toEqual({ outcome: 'whole', lost: 0, named: 0, wrong: [] });
  expect(existsSync(`${planted.path}-wal`)).toBe(false);
  expect(readFileSync(planted.path).length).toBeGreaterThan(0);
  writeFileSync(join(folder, 'done'), '');
});
