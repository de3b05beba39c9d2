/**
 * The exchange that the telephone suite runs against, by hand.
 *
 *   node scripts/telephone-rig.ts install        Debian packages (needs root)
 *   node scripts/telephone-rig.ts up FOLDER      starts it; everything it writes stands in FOLDER
 *   node scripts/telephone-rig.ts down FOLDER    ends it and waits until it is gone
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isEntry } from './project.ts';
import { installRigPackages, missingRigPackages } from './telephone-rig/rig-packages.ts';
import { rigDomain, startRig, stopRig, trunkAddress } from './telephone-rig/start-rig.ts';

const USAGE_STATUS = 64;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Makes sure that the packages are here; answers why not, or null. */
export function ensureRigPackages(announce: (line: string) => void): string | null {
  const missing = missingRigPackages();
  if (missing.length === 0) return null;
  if (process.getuid?.() !== 0) return `these Debian packages are missing, and installing them needs root: ${missing.join(' ')}`;
  announce(`installing Debian packages: ${missing.join(' ')}`);
  const failure = installRigPackages(missing);
  return failure === null ? null : `the Debian packages ${missing.join(' ')} could not be installed: ${failure}`;
}

if (isEntry(import.meta.filename)) {
  const [command, folder] = process.argv.slice(2);
  if (command === 'install') {
    const failure = ensureRigPackages(say);
    say(failure ?? 'everything is here');
    process.exitCode = failure === null ? 0 : 1;
  } else if (command === 'up' && folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    const { ports, wsUrl, state } = await startRig(path.resolve(folder));
    say(`${wsUrl} and wss on ${String(ports.wss)}, domain ${rigDomain}; trunk ${trunkAddress}:${String(ports.trunk)}; baresip's control ${String(ports.control)}; state ${state}`);
  } else if (command === 'down' && folder !== undefined) {
    await stopRig(path.resolve(folder));
  } else {
    say('usage: telephone-rig.ts install | up FOLDER | down FOLDER');
    process.exitCode = USAGE_STATUS;
  }
}
