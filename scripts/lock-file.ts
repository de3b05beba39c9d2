/**
 * One at a time, across processes.
 *
 * Invariant: the lock is the kernel's (`flock`), held by a child that lives exactly as long
 * as the pipe to it, so that a killed holder never leaves a lock behind.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Runs `work` while nobody else holds the lock file; waits for its turn. */
export async function withLockFile<T>(lockPath: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(lockPath), { recursive: true });
  const holder = spawn('flock', ['--exclusive', lockPath, 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(holder, 'exit');
  const taken = await Promise.race([once(holder.stdout, 'data').then(() => true), exited.then(() => false)]);
  if (!taken) throw new Error(`The lock ${lockPath} could not be taken.`);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await exited;
  }
}
