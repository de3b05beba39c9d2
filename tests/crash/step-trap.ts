/**
 * Ends a real process with SIGKILL just before the N-th step of an operation (see `step-trap.c`): a call that changes
 * the disk or tells somebody something. Nothing of the product knows of it.
 *
 * Invariants: the process counts only while armed operations run, so the same operation has the same steps; the test
 * learns at which step it fell; where there is no compiler the test fails, it is not skipped.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectDirectory } from '../../scripts/project.ts';

const HEAD_BYTES = 80;
const STRIKE_ON_AT = 16;
const LINE_BYTES = 96;
const MOST_LINES = 4000;
const STEPS_AT = 8;

/** `cc` where there is one, else the small compiler that `scripts/setup` brings. */
const compilers = [['cc', '-shared', '-fPIC', '-nostdlib'], ['tcc', '-shared', '-nostdlib']] as const;

let library: string | null = null;

function buildLibrary(): string {
  if (library !== null) return library;
  const source = join(projectDirectory, 'tests', 'crash', 'step-trap.c');
  const target = join(projectDirectory, 'out', 'test', 'step-trap.so');
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(mkdtempSync(`${target}-`), 'step-trap.so');
  for (const [compiler, ...options] of compilers) {
    const built = spawnSync(compiler, [...options, '-o', temporary, source], { encoding: 'utf8' });
    if (built.error !== undefined) continue;
    if (built.status !== 0) throw new Error(`${compiler}: ${built.stderr}`);
    renameSync(temporary, target);
    rmdirSync(dirname(temporary));
    library = target;
    return target;
  }
  throw new Error('there is no C compiler: run scripts/setup (Debian package "tcc")');
}

export class StepTrap {
  /** For the process that is to fall. */
  readonly env: NodeJS.ProcessEnv;
  readonly #file: number;

  /**
   * @param place a path of its own, in a folder that is there
   * @param folder whose files count
   * @param ofPage its local socket leads to a page: what is said to it in a row is one step
   */
  constructor(place: string, folder: string, ofPage = false) {
    this.#file = openSync(place, 'w+', 0o600);
    writeSync(this.#file, Buffer.alloc(HEAD_BYTES + LINE_BYTES * MOST_LINES));
    onTestFinished(() => { closeSync(this.#file); });
    this.env = { LD_PRELOAD: buildLibrary(), PREMURA_TRAP: place, PREMURA_TRAP_FOLDER: folder, ...(ofPage ? { PREMURA_TRAP_PAGE: '1' } : {}) };
  }

  /** Counts from now on and strikes at a step; at 0 it only counts. `eachWrite`: writes in a row are steps of their own. */
  arm(strikeAt: number, eachWrite = false): void {
    this.#writeHead(strikeAt, eachWrite, '');
  }

  /** Strikes at the first step of this call on a file whose name contains this: `sync desk.db-wal`. */
  armOn(callAndName: string): void {
    this.#writeHead(0, false, callAndName);
  }

  /** What says when to strike is written last: until then nothing falls. */
  #writeHead(strikeAt: number, eachWrite: boolean, strikeOn: string): void {
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeInt32LE(eachWrite ? 1 : 0, 4);
    writeSync(this.#file, head, 0, HEAD_BYTES, 0);
    head.writeInt32LE(strikeAt, 0);
    head.write(strikeOn, STRIKE_ON_AT);
    writeSync(this.#file, head, STRIKE_ON_AT, HEAD_BYTES - STRIKE_ON_AT, STRIKE_ON_AT);
    writeSync(this.#file, head, 0, 4, 0);
  }

  /** The steps since it was armed; after a kill the last one is that which was not done. */
  steps(): string[] {
    const head = Buffer.alloc(HEAD_BYTES);
    readSync(this.#file, head, 0, HEAD_BYTES, 0);
    const count = Math.min(head.readInt32LE(STEPS_AT), MOST_LINES);
    const lines = Buffer.alloc(count * LINE_BYTES);
    readSync(this.#file, lines, 0, lines.length, HEAD_BYTES);
    return Array.from({ length: count }, (_, index) => {
      const line = lines.subarray(index * LINE_BYTES, (index + 1) * LINE_BYTES);
      return shorten(line.subarray(0, Math.max(0, line.indexOf(0))).toString('utf8').trim());
    });
  }
}

/** Without the folders and names that are ids. */
function shorten(line: string): string {
  const [call = '', name = ''] = line.split(' ');
  const parts = name.split('/').filter((part) => part !== 'stores' && !/^[0-9a-f-]*$/.test(part)).map((part) => part.replace(/[0-9a-f-]{36}/, '…'));
  return `${call} ${parts.length === 0 ? 'folder' : parts.join('/')}`;
}
