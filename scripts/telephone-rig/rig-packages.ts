/**
 * The Debian packages of the rig, and whether they are here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What each program comes in. */
const packageOfProgram: Readonly<Record<string, string>> = {
  kamailio: 'kamailio', rtpengine: 'rtpengine-daemon', baresip: 'baresip-core', sipp: 'sip-tester', openssl: 'openssl',
};
/** Modules of Kamailio that come apart from it. */
const modulePackages = ['kamailio-websocket-modules', 'kamailio-tls-modules'];

/** Daemons stand where only root's PATH looks. */
const programFolders = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** The packages that the rig needs and that are missing. */
export function missingRigPackages(): string[] {
  const programs = Object.entries(packageOfProgram).filter(([program]) => findProgram(program) === null).map(([, name]) => name);
  const modules = modulePackages.filter((name) => !isInstalled(name));
  return [...programs, ...modules];
}

/** Installs what is missing; needs root. Answers what it said when it failed, or null. */
export function installRigPackages(names: readonly string[]): string | null {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', ...names]]) {
    const result = spawnSync('apt-get', command, { env: environment, encoding: 'utf8' });
    if (result.status !== 0) return result.error?.message ?? `${result.stdout}${result.stderr}`;
  }
  return null;
}

/** Where a program of the rig is. */
export function rigProgram(program: string): string {
  const found = findProgram(program);
  if (found === null) throw new Error(`${program} is not installed: node scripts/telephone-rig.ts install`);
  return found;
}

function findProgram(program: string): string | null {
  return programFolders.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? null;
}

function isInstalled(name: string): boolean {
  return spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' }).stdout === 'installed';
}
