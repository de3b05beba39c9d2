import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLockFile } from './lock-file.ts';

const module = path.join(import.meta.dirname, 'lock-file.ts');

describe('withLockFile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'premura-lock-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('lets one in at a time', async () => {
    const lock = path.join(folder, 'a.lock');
    const steps: string[] = [];
    const enter = (name: string): Promise<void> =>
      withLockFile(lock, async () => {
        steps.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b'), enter('c')]);
    expect(steps).toHaveLength(6);
    for (let index = 0; index < 6; index += 2) {
      expect(steps[index + 1]).toBe(steps[index]?.replace('in', 'out'));
    }
  });

  it('gives the lock back when the work fails', async () => {
    const lock = path.join(folder, 'a.lock');
    await expect(withLockFile(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLockFile(lock, () => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('is free again when its holder was killed', async () => {
    const lock = path.join(folder, 'a.lock');
    const script = `
      import { withLockFile } from ${JSON.stringify(module)};
      await withLockFile(${JSON.stringify(lock)}, () => {
        process.stdout.write('held');
        return new Promise((resolve) => setTimeout(resolve, 600_000));
      });`;
    const holder = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await expect(withLockFile(lock, () => Promise.resolve('free'))).resolves.toBe('free');
  });
});
