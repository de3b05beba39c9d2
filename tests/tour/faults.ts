/**
 * Brings the real app into each fault and takes a picture of what the operator reads.
 *
 *   node scripts/virtual-display.ts node tests/tour/faults.ts [--out DIR] [--json]
 *
 * Invariant: every fault must say its sentence, or the run fails. Needs root: a disk of its own is mounted to be filled.
 */
import '../support/test-clock.ts';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDirectory } from '../../scripts/project.ts';
import { playDiskFaults } from './faults/disk-faults.ts';
import { playLineFaults, playUpdateNeeded } from './faults/line-faults.ts';
import { playSignInFaults } from './faults/sign-in-faults.ts';
import { Stage } from './faults/stage.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: join(projectDirectory, 'out', 'faults') }, json: { type: 'boolean', default: false } } });
rmSync(values.out, { recursive: true, force: true });
mkdirSync(values.out, { recursive: true });
const stage = new Stage(values.out);
let failure: unknown = null;
try {
  await stage.startHub();
  const { profileDir, disk } = stage.profileOnTinyDisk(64);
  await playSignInFaults(stage, profileDir);
  await playDiskFaults(stage, profileDir, disk);
  await playUpdateNeeded(stage, join(stage.folder, 'update'));
  await playLineFaults(stage, join(stage.folder, 'line'));
} catch (error) {
  failure = error;
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
} finally {
  await stage.end();
}
const passed = failure === null && stage.pictures.every((picture) => picture.passed);
if (values.json) process.stdout.write(`${JSON.stringify({ passed, pictures: stage.pictures })}\n`);
else process.stdout.write(`${String(stage.pictures.filter((picture) => picture.passed).length)} of ${String(stage.pictures.length)} faults said what they should. Pictures: ${values.out}\n`);
process.exitCode = passed ? 0 : 1;
