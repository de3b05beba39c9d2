/** Where the project and the user's folders are. */
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const projectDirectory = path.resolve(import.meta.dirname, '..');

/** The user's cache folder for downloads that a fresh clone may share. */
export function cacheDirectory(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(base === undefined || base === '' ? path.join(os.homedir(), '.cache') : base, 'premura');
}

/** True in the file that Node was started with. */
export function isEntry(filename: string): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(filename);
}
