/** A built app, a display and a folder of its own for the benches that drive the real thing; all of it goes when the work is done. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../scripts/build.ts';
import type { ElectronRuntime } from '../../scripts/electron-runtime.ts';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { startVirtualDisplay } from '../../scripts/virtual-display.ts';

export interface BuiltApp {
  runtime: ElectronRuntime;
  folder: string;
}

export async function withBuiltApp<T>(name: string, say: (line: string) => void, work: (built: BuiltApp) => Promise<T>): Promise<T> {
  const runtime = await ensureElectronRuntime(say);
  await buildApp(runtime, say);
  const parent = join(projectDirectory, '.cache', 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
  try {
    return await work({ runtime, folder });
  } finally {
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
