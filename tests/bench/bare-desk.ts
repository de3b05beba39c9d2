/**
 * Runs inside the app's own Electron, as plain Node: what saving and unlocking cost there by
 * themselves. Answers each line `save N` or `unlock N` on standard input with a line of JSON.
 */
import { createInterface } from 'node:readline';
import { recordOutcome } from '../../electron/desk/commands/record-outcome.ts';
import { makeKeyring, newStoreKey, openWithPassword } from '../../electron/desk/profile/keyring.ts';
import { checkpoint } from '../../electron/desk/store/database.ts';
import { showCase } from '../../electron/desk/queries/show-case.ts';
import { commands } from '../../shared/contract/contract.ts';
import type { UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import { plainForm } from '../support/shift.ts';
import type { BenchSession } from './bench-session.ts';
import { openBenchSession } from './bench-session.ts';
import { PAUSE_MS } from './pause.ts';

/** The desk's own. */
const CHECKPOINT_EVERY_MS = 2_000;

let opened: BenchSession | null = null;

async function save(count: number, folder: string): Promise<number[]> {
  opened ??= openResting(folder);
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const input = commands['record-outcome'].input.parse({
      commandId: newId(), caseId: opened.caseIds[turn % opened.caseIds.length], locale: 'it', form: plainForm('NA', { note: 'bench' }),
      basedOn: { caseRevision: 1, scriptVersion: null },
    });
    showCase(opened.session, { caseId: input.caseId });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const startedMs = monotonicMs();
    const saved = recordOutcome(opened.session, input);
    times.push(monotonicMs() - startedMs);
    if (!saved.ok) throw new Error(saved.error.code);
  }
  return times;
}

/** Checkpoints as the desk does: a log that only ever grows costs more to sync. */
function openResting(folder: string): BenchSession {
  const bench = openBenchSession(folder, 100);
  setInterval(() => checkpoint(bench.session.db), CHECKPOINT_EVERY_MS).unref();
  return bench;
}

async function unlock(count: number): Promise<number[]> {
  const keyring = await makeKeyring(newId<UserId>(), newStoreKey(), 'premura-demo', newRandomHex(32), null);
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const startedMs = monotonicMs();
    if ((await openWithPassword(keyring, 'premura-demo')) === null) throw new Error('the key did not open');
    times.push(monotonicMs() - startedMs);
  }
  return times;
}

async function answer(line: string, folder: string): Promise<void> {
  const [what, count] = line.split(' ');
  const times = what === 'save' ? await save(Number(count), folder) : await unlock(Number(count));
  process.stdout.write(`${JSON.stringify(times)}\n`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
for await (const line of createInterface({ input: process.stdin })) await answer(line, folder);
