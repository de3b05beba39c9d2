/**
 * A process of the rig: in a group of its own, its words in a file, its number in another.
 *
 * Invariant: it is ended by the number it was started with, and whoever ends it waits until it is gone.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rigProgram } from './rig-packages.ts';

const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 20;
const numberFile = (state: string, name: string): string => path.join(state, `${name}.pid`);

/** Starts a program that outlives this process, and is ready when `isReady` says so. */
export async function startRigProcess(state: string, name: string, parameters: readonly string[], isReady: () => boolean | Promise<boolean>): Promise<void> {
  const log = path.join(state, `${name}.log`);
  const output = openSync(log, 'a');
  const child = spawn(rigProgram(name), parameters, { detached: true, stdio: ['ignore', output, output], cwd: state });
  closeSync(output);
  child.on('error', (error) => { writeFileSync(log, String(error), { flag: 'a' }); });
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  child.unref();
  writeFileSync(numberFile(state, name), String(child.pid));
  const ready = await waitUntil(async () => child.exitCode !== null || child.signalCode !== null || (await isReady()));
  if (!ready || child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} did not become ready:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
}

/** Ends a program and all of its group; does nothing when it is not running. */
export async function stopRigProcess(state: string, name: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const number = readNumber(numberFile(state, name));
  if (number === null) return;
  if (!sendTo(-number, signal)) return;
  if (!(await waitUntil(() => !sendTo(-number, 0)))) {
    sendTo(-number, 'SIGKILL');
    if (!(await waitUntil(() => !sendTo(-number, 0)))) throw new Error(`${name} (${String(number)}) cannot be ended`);
  }
  rmSync(numberFile(state, name), { force: true });
}

/** Waits for what the system tells nobody about: a port that opened, a line in a log. */
export async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await delay(LOOK_AGAIN_MS);
  }
  return true;
}

function readNumber(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** False when there is no such process. */
function sendTo(number: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(number, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
