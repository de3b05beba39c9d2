/**
 * `page`: a save as the page sees it, in the built app on the real Electron, against the bare
 * save in that Electron plus one empty round trip over the same port (a name that the contract
 * does not know: nothing runs). All three rest as long between two turns.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { buildApp } from '../../scripts/build.ts';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { startVirtualDisplay } from '../../scripts/virtual-display.ts';
import { newId } from '../../shared/id.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { enterList } from '../support/page-desk.ts';
import { plainForm } from '../support/shift.ts';
import { PAUSE_MS } from './pause.ts';
import { startBareDesk } from './bare-desk-process.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';

const RUNS = 7;
const TURNS_PER_RUN = 40;

const timesSchema = z.object({ saves: z.array(z.number()), empties: z.array(z.number()) });

export async function benchPage(say: (line: string) => void): Promise<BenchResult[]> {
  const runtime = await ensureElectronRuntime(say);
  await buildApp(runtime, say);
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'page-'));
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
  const bare = await startBareDesk(runtime, folder);
  const running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  try {
    const caseIds = await enterList(running.page);
    await measure(running, caseIds);
    await bare.ask('save', TURNS_PER_RUN);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const { saves, empties } = await measure(running, caseIds);
      const bareSave = percentile(await bare.ask('save', TURNS_PER_RUN), 0.5);
      ours.push(percentile(saves, 0.5));
      reference.push(bareSave + percentile(empties, 0.5));
      say(`run ${String(run)}: page ${percentile(saves, 0.5).toFixed(3)} ms; bare save ${bareSave.toFixed(3)} + empty round trip ${percentile(empties, 0.5).toFixed(3)} ms`);
    }
    return [compare('page', 'ms', ours, reference, 1.3)];
  } finally {
    await running.close();
    await bare.stop();
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Turn by turn: an empty round trip, a save, each after a rest in which the page and the sync settle. */
async function measure({ page }: AppProcess, caseIds: string[]): Promise<z.infer<typeof timesSchema>> {
  const commandIds = Array.from({ length: TURNS_PER_RUN }, () => newId<string>());
  const form = plainForm('NA', { note: 'bench' });
  return timesSchema.parse(await page.evaluate(async ({ cases, commands, outcome, pauseMs }) => {
    const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));
    const saves: number[] = [];
    const empties: number[] = [];
    for (const [turn, commandId] of commands.entries()) {
      const caseId = cases[turn % cases.length];
      await window.premura.request({ kind: 'query', name: 'show-case', input: { caseId } });
      await rest();
      let startedMs = performance.now();
      await window.premura.request({ kind: 'query', name: 'nothing', input: {} });
      empties.push(performance.now() - startedMs);
      await rest();
      startedMs = performance.now();
      const saved = (await window.premura.request({
        kind: 'command', name: 'record-outcome', input: { commandId, caseId, locale: 'it', form: outcome, basedOn: { caseRevision: 1, scriptVersion: null } },
      })) as { ok: boolean };
      saves.push(performance.now() - startedMs);
      if (!saved.ok) throw new Error(JSON.stringify(saved));
      await rest();
    }
    return { saves, empties };
  }, { cases: caseIds, commands: commandIds, outcome: form, pauseMs: PAUSE_MS }));
}
