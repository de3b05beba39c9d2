/** Builds `bare-desk.ts` for the app's Electron and runs it there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { nodeTarget } from '../../scripts/build-targets.ts';
import type { ElectronRuntime } from '../../scripts/electron-runtime.ts';

export interface BareDesk {
  ask(what: 'save' | 'unlock', count: number): Promise<number[]>;
  stop(): Promise<void>;
}

export async function startBareDesk(runtime: ElectronRuntime, folder: string): Promise<BareDesk> {
  const { build } = await import('vite');
  const out = join(runtime.appDirectory, 'out', 'bench');
  await build(nodeTarget({ name: 'bare-desk', source: 'tests/bench/bare-desk.ts' }, out, runtime.kind === 'test'));
  const child = spawn(runtime.executable, [join(out, 'main', 'bare-desk.js'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (what, count) => {
      child.stdin.write(`${what} ${String(count)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('the bare desk ended');
      return z.array(z.number()).parse(JSON.parse(line.value));
    },
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
