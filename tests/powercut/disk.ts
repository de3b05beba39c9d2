/**
 * A disk that can lose its power: an ext4 image of its own, loop-mounted.
 *
 * Invariants: a cut is the file system's own emergency shutdown (`FS_IOC_SHUTDOWN` without a flush of its journal),
 * so what nobody had synced is gone and nothing written later arrives; the next mount replays the journal as after a
 * real cut. Whoever acknowledges is killed in the same breath, just before: a sync that is under way when the order
 * comes may answer success although its bytes are dropped (seen with a bare loop of write and fsync: in 3 of 80
 * shutdowns, against 0 of 80 with the kill), and a machine without power tells nobody. Each cut leaves a word on the disk that nobody syncs: when it is gone after the mount, the cut did lose
 * something. The disk is unmounted when the test ends, however it ends.
 *
 * What this cannot show: a drive that acknowledges a flush it did not do.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, existsSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Opens the disk, waits for a line `microseconds word pid …`, waits those, writes the word without a sync, kills the
 * processes and shuts the file system down. `_IOR('X', 125, __u32)` and EXT4_GOING_FLAGS_NOLOGFLUSH, as in <linux/fs.h> and fs/ext4/ext4.h.
 */
const shutDownScript = String.raw`
  open(my $disk, "<", $ARGV[0]) or die "open: $!\n";
  $| = 1;
  print "armed\n";
  my ($delay, $word, @writers) = split(" ", scalar <STDIN>);
  select(undef, undef, undef, $delay / 1e6);
  open(my $file, ">", "$ARGV[0]/unsynced") or die "unsynced: $!\n";
  syswrite($file, $word) or die "unsynced: $!\n";
  close($file);
  my $flag = pack("L", 2);
  kill(9, @writers) == @writers or die "a writer was gone before the cut\n";
  defined ioctl($disk, 0x8004587D, $flag) or die "the shutdown ioctl: $!\n";
`;

const CANNOT = 'Power cuts cannot be tried here';

export class TestDisk {
  /** Where it is mounted; a folder that any user may enter. */
  readonly path: string;
  readonly #folder: string;
  #mounted = false;
  #breaker: ChildProcess | null = null;
  #cuts = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'disk');
  }

  /** Makes and mounts an empty disk; it is discarded with the test. Throws with a sentence where that is impossible. */
  static async create(megabytes = 256): Promise<TestDisk> {
    if (process.getuid?.() !== 0) throw new Error(`${CANNOT}: mounting a disk image needs root. Run: sudo bash scripts/test powercut`);
    const folder = mkdtempSync(join(tmpdir(), 'premura-disk-'));
    const disk = new TestDisk(folder);
    onTestFinished(() => disk.discard());
    chmodSync(folder, 0o711);
    mkdirSync(disk.path);
    const image = openSync(disk.#image, 'w');
    ftruncateSync(image, megabytes * 1024 * 1024);
    closeSync(image);
    run('mkfs.ext4', ['-q', '-F', '-m', '0', disk.#image]);
    disk.#mount();
    await disk.#arm();
    return disk;
  }

  get #image(): string {
    return join(this.#folder, 'image');
  }

  /** Cuts the power `delayMicroseconds` from now, for the disk and for those who acknowledge; resolves when it is off. */
  async cut(delayMicroseconds: number, pids: readonly number[]): Promise<void> {
    const breaker = this.#breaker;
    if (breaker === null) throw new Error('the disk has no power to cut');
    this.#breaker = null;
    this.#cuts += 1;
    const done = ended(breaker);
    breaker.stdin?.end(`${[delayMicroseconds, `cut-${String(this.#cuts)}`, ...pids].join(' ')}\n`);
    await done;
  }

  /** Mounts the disk again as the cut left it. @returns whether the word that nobody synced is gone */
  async restore(): Promise<{ unsyncedGone: boolean }> {
    run('umount', [this.path]);
    this.#mounted = false;
    this.#mount();
    const file = join(this.path, 'unsynced');
    const unsyncedGone = !existsSync(file) || readFileSync(file, 'utf8') !== `cut-${String(this.#cuts)}`;
    await this.#arm();
    return { unsyncedGone };
  }

  /** Unmounts and removes it, also under processes that a failed test left behind. */
  async discard(): Promise<void> {
    if (this.#breaker !== null) {
      const gone = once(this.#breaker, 'exit');
      this.#breaker.kill('SIGKILL');
      this.#breaker = null;
      await gone;
    }
    if (this.#mounted && spawnSync('umount', [this.path], { stdio: 'ignore' }).status !== 0) run('umount', ['--lazy', this.path]);
    this.#mounted = false;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #mount(): void {
    run('mount', ['-o', 'loop', '-t', 'ext4', this.#image, this.path]);
    this.#mounted = true;
  }

  /** The process that will cut is there before the moment, so that the moment is not its start. */
  async #arm(): Promise<void> {
    const breaker = spawn('perl', ['-e', shutDownScript, this.path], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#breaker = breaker;
    const early = once(breaker, 'exit').then(() => { throw new Error(`${CANNOT}: perl could not open the disk`); });
    early.catch(() => undefined);
    await Promise.race([once(breaker.stdout, 'data'), early]);
  }
}

async function ended(breaker: ChildProcess): Promise<void> {
  const [code] = (await once(breaker, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${CANNOT}: the power was not cut (perl says why, above)`);
}

function run(tool: string, args: string[]): void {
  const { error, status, stderr } = spawnSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${CANNOT}: ${tool} does not start (${error.message})`);
  if (status !== 0) throw new Error(`${CANNOT}: ${tool} failed, as it does in most containers. It said: ${stderr.trim()}`);
}
