/**
 * A disk small enough to fill: a tmpfs of its own, where SQLite and the file system see a true ENOSPC and EROFS.
 * Invariant: whoever mounts it unmounts it, however the work on it ends.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CANNOT = 'A full disk cannot be tried here';

export class TinyDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static mount(megabytes: number): TinyDisk {
    const path = mkdtempSync(join(tmpdir(), 'premura-small-'));
    run('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', path]);
    return new TinyDisk(path);
  }

  unmount(): void {
    run('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true });
  }

  /** Fills the disk up to `pagesLeft` pages of 4096 bytes. */
  fill(pagesLeft: number): void {
    this.free();
    const { bavail, bsize } = statfsSync(this.path);
    try {
      writeFileSync(this.#filler, Buffer.alloc(Math.max(0, bavail - pagesLeft) * bsize));
    } catch (error) {
      // The desk took some of it meanwhile: full is what was asked for.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }

  free(): void {
    writeFileSync(this.#filler, '', { flag: 'a' });
    truncateSync(this.#filler, 0);
  }

  setReadOnly(readOnly: boolean): void {
    run('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, this.path]);
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }
}

function run(tool: string, args: string[]): void {
  const { error, status, stderr } = spawnSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${CANNOT}: ${tool} does not start (${error.message})`);
  if (status !== 0) throw new Error(`${CANNOT}: ${tool} needs root or a user name space of its own. It said: ${stderr.trim()}`);
}
