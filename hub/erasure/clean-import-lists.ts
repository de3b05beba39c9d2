/**
 * Takes a person out of what imports have left in the data folder beside their rejects files.
 *
 * Invariants: a line that may be about the person goes (a list is a help for reading, its figures stay in the report); files that
 * wait for their import go whole, for nobody can take a row out of a workbook: whoever sent them has them. Twice is as once.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonTraces } from './read-traces.ts';

const TEMPORARY = '.new';

/** Answers how many lines and waiting files went. */
export async function cleanImportLists(dataDir: string, traces: PersonTraces): Promise<number> {
  const folder = join(dataDir, 'imports');
  if (!existsSync(folder)) return 0;
  const words = [...traces.names, ...traces.unique, ...traces.codes.map(({ code }) => code)].map(fold).filter((word) => word !== '');
  const phones = traces.phones.filter((digits) => digits.length >= 6);
  const isAbout = (line: string): boolean => {
    const text = line.normalize('NFKC').toLowerCase();
    return words.some((word) => text.includes(word)) || phones.some((digits) => text.replace(/[\s/.-]/g, '').includes(digits));
  };
  let gone = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.endsWith('.ndjson')) {
      await rm(path, { force: true });
      gone += 1;
      continue;
    }
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    const kept = lines.filter((line) => !isAbout(line));
    if (kept.length === lines.length) continue;
    gone += lines.length - kept.length;
    await writeFile(path + TEMPORARY, kept.map((line) => `${line}\n`).join(''), { mode: 0o600, flush: true });
    await rename(path + TEMPORARY, path);
  }
  return gone;
}

/** As it stands inside JSON, too. */
function fold(text: string): string {
  return JSON.stringify(text.normalize('NFKC').toLowerCase()).slice(1, -1);
}
