/** Several persons erased at once, after a line that a crash cut, too: every line stands. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CaseId, CustomerId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import type { LedgerEntry } from './erasure-ledger.ts';
import { appendToLedger, ledgerPath, readLedger } from './erasure-ledger.ts';

const newEntry = (): LedgerEntry => ({ customerId: newId<CustomerId>(), caseIds: [newId<CaseId>()], at: 1 });

it('keeps the line of each, however they come together', async () => {
  const folder = temporaryFolder();
  const entries: LedgerEntry[] = [];
  for (let round = 0; round < 100; round += 1) {
    const together = [newEntry(), newEntry(), newEntry()];
    entries.push(...together);
    await Promise.all(together.map((entry) => appendToLedger(folder, [entry])));
  }
  expect(await readLedger(folder)).toEqual(entries);
});

it('drops a cut line once, and no other', async () => {
  const folder = temporaryFolder();
  const [before, ...together] = [newEntry(), newEntry(), newEntry()];
  await appendToLedger(folder, [before]);
  appendFileSync(ledgerPath(folder), '{"customerId":"cut-by-a-crà');
  await Promise.all(together.map((entry) => appendToLedger(folder, [entry])));
  expect(await readLedger(folder)).toEqual([before, ...together]);
});

it('goes on after an append that failed', async () => {
  const folder = temporaryFolder();
  const file = `${folder}/file`;
  writeFileSync(file, '');
  const entry = newEntry();
  const [failed, stored] = await Promise.allSettled([appendToLedger(file, [entry]), appendToLedger(folder, [entry])]);
  expect([failed.status, stored.status]).toEqual(['rejected', 'fulfilled']);
  expect(await readLedger(folder)).toEqual([entry]);
});
