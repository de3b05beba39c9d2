/**
 * Starts the built app on this machine's Electron and lives as long as it does.
 *
 *   node scripts/launch.ts [arguments of the app]
 */
import { spawn } from 'node:child_process';
import { ensureElectronRuntime } from './electron-runtime.ts';

const announceNothing = (): void => undefined;
const runtime = await ensureElectronRuntime(announceNothing);
const child = spawn(runtime.executable, [...runtime.switches, runtime.appDirectory, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
