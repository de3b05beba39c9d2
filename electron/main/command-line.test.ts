import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

describe('parseCommandLine', () => {
  it('reads every option among switches of Chromium', () => {
    expect(
      parseCommandLine(['--inspect=0', '--no-sandbox', 'app', '--profile', 'p', '--hub', 'http://127.0.0.1:1', '--data', 'd', '--demo']),
    ).toEqual({
      ok: true,
      value: { profileDir: path.resolve('p'), hubUrl: 'http://127.0.0.1:1', hubDataDir: path.resolve('d'), demo: true },
    });
  });

  it('has defaults for all of them', () => {
    expect(parseCommandLine([])).toEqual({
      ok: true,
      value: { profileDir: null, hubUrl: null, hubDataDir: null, demo: false },
    });
  });

  it.each([['--hub', 'file:///etc/passwd'], ['--hub', 'nonsense'], ['--hub']])('refuses %s %s', (...given) => {
    const result = parseCommandLine(given);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-command-line', details: { option: 'hub' } } });
  });
});
