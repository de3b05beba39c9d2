import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanImportLists } from './clean-import-lists.ts';

describe('the lists of imports, when a person is erased', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'premura-lists-'));
    await mkdir(join(dataDir, 'imports'));
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true });
  });

  it('lose the lines about the person, keep the others, and files that wait go whole', async () => {
    const lines = [
      { customerCode: 'C00077', customerName: 'Altri' }, { customerCode: 'B1', customerName: 'Ugo "Bar" Rossi' }, { line: 3, value: '339 123-4567' }, { customerCode: 'B2', customerName: 'Verdi' },
    ];
    const list = join(dataDir, 'imports', 'job.went.ndjson');
    await writeFile(list, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await writeFile(join(dataDir, 'imports', 'waiting'), 'PK');
    const traces = { codes: [{ creditorName: 'X', code: 'c00077' }], names: ['Ugo "Bar" Rossi'], unique: [], phones: ['3391234567', '12'] };
    expect(await cleanImportLists(dataDir, traces)).toBe(4);
    expect(await readFile(list, 'utf8')).toBe(`${JSON.stringify(lines[3])}\n`);
    expect(await readdir(join(dataDir, 'imports'))).toEqual(['job.went.ndjson']);
    expect(await cleanImportLists(dataDir, traces)).toBe(0);
  });
});
