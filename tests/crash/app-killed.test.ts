/**
 * kill -9 of the whole app (main, page, desk, embedded hub at once), ten times, while the page
 * saves.
 *
 * Invariant: what the page was told is saved is at the hub in the end, once, and so is whatever
 * else the page had asked for and asks for again with the same commandId.
 */
import '../support/own-display.ts';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../../shared/testing/random.ts';
import type { CommandId } from '../../shared/id.ts';
import { factIdSchema, newId, newRandomHex } from '../../shared/id.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { runHub } from '../support/hub-process.ts';
import { askUntil, enterList } from '../support/page-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KILLS = 10;
const NOTES_PER_LIFE = 60;
const LATEST_KILL_MS = 120;

const syncSchema = z.object({ unsentCount: z.int() });

interface Note {
  commandId: CommandId;
  caseId: string;
  text: string;
}

it('loses and doubles nothing when the whole app is killed ten times', async () => {
  const seed = Number.parseInt(newRandomHex(4), 16);
  console.log(`seed ${String(seed)}`);
  const random = createRandom(seed);
  const profileDir = join(temporaryFolder(), 'profile');
  const acknowledged = new Map<string, string>();
  const unanswered = new Map<string, Note>();
  let interrupted = 0;

  for (let life = 0; life <= KILLS; life += 1) {
    const running = await startApp({ profileDir, demo: true });
    const caseIds = await enterList(running.page);
    await running.page.exposeFunction('noteAcknowledged', (commandId: string, factId: string) => {
      const before = acknowledged.get(commandId);
      if (before !== undefined && before !== factId) throw new Error(`command ${commandId} has two facts`);
      acknowledged.set(commandId, factIdSchema.parse(factId));
      unanswered.delete(commandId);
    });
    await save(running, [...unanswered.values()]);
    expect(unanswered.size).toBe(0);
    if (life === KILLS) {
      await drainAndClose(running);
      break;
    }
    const notes = Array.from({ length: NOTES_PER_LIFE }, (_, index): Note => ({
      commandId: newId<CommandId>(), caseId: random.pick(caseIds), text: `life ${String(life)}, note ${String(index)}`,
    }));
    for (const note of notes) unanswered.set(note.commandId, note);
    const pids = await running.app.evaluate(({ app }) => app.getAppMetrics().map((metric) => metric.pid));
    const gone = once(running.app.process(), 'exit');
    const saving = save(running, notes).catch((error: unknown) => {
      // The page is killed under the call: that is the trial.
      if (!String(error).includes('closed')) throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, random.between(5, LATEST_KILL_MS)));
    for (const pid of pids) killHard(pid);
    await gone;
    await saving;
    if (unanswered.size > 0) interrupted += 1;
  }

  console.log(`${String(interrupted)} of ${String(KILLS)} kills fell into work`);
  expect(interrupted).toBeGreaterThan(0);
  expect(acknowledged.size).toBe(KILLS * NOTES_PER_LIFE);
  const hub = join(profileDir, 'hub');
  const atHub = (await runHub(['facts', '--ids', '--data', hub])).trim().split('\n');
  expect(atHub.toSorted()).toEqual([...acknowledged.values()].sort());
  expect(JSON.parse(await runHub(['verify', '--json', '--data', hub]))).toMatchObject({ ok: true });
});

/** Once main is dead, its other processes end by themselves, maybe first. */
function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Sends the notes a few at a time; each answer is reported as it comes. */
async function save({ page }: AppProcess, notes: readonly Note[]): Promise<void> {
  await page.evaluate(async (sent) => {
    const report = (window as unknown as { noteAcknowledged(commandId: string, factId: string): Promise<void> }).noteAcknowledged;
    for (let start = 0; start < sent.length; start += 3) {
      await Promise.all(sent.slice(start, start + 3).map(async ({ commandId, caseId, text }) => {
        const input = { commandId, caseId, text, basedOn: { caseRevision: 1, scriptVersion: null } };
        const result = (await window.premura.request({ kind: 'command', name: 'add-note', input })) as { ok: boolean; value?: { factId: string } };
        if (!result.ok || result.value === undefined) throw new Error(`refused: ${JSON.stringify(result)}`);
        await report(commandId, result.value.factId);
      }));
    }
  }, notes);
}

async function drainAndClose(running: AppProcess): Promise<void> {
  await askUntil(running.page, { kind: 'query', name: 'show-sync', input: {} }, syncSchema, ({ unsentCount }) => unsentCount === 0);
  await running.close();
}
