/**
 * Words that must not stand in a committed text file.
 *
 * Invariant: no check is switched off in passing, no test is left out or alone, and nothing names
 * the machine it was written on. A rule's own file may name what it bans.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectDirectory } from '../project.ts';

interface BannedWord {
  pattern: RegExp;
  files: RegExp;
  why: string;
}

const code = /\.(ts|tsx|js|cjs|mjs)$/;
const tests = /(\.test\.tsx?|^tests\/.*\.ts)$/;
const everything = /./;

/** What is banned, where, and why. */
export const bannedWords: BannedWord[] = [
  { pattern: /eslint-disable/, files: code, why: 'change the rule for everybody, or the code' },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, files: code, why: 'the types must hold' },
  { pattern: /\b(it|test|describe)\.(skip|only|todo|fails)\b/, files: tests, why: 'a test runs, or is not there' },
  { pattern: /\.skipIf\(|\.runIf\(/, files: tests, why: 'a suite that cannot run here fails' },
  { pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}/, files: code, why: 'an error is handled or thrown on' },
  {
    pattern: /(?<![\w.~}\]$/*-])\/(home|root|Users|work|workspace)\/\w/,
    files: everything,
    why: 'a path of one machine',
  },
  { pattern: /"resolved": "http/, files: /^package-lock\.json$/, why: 'the lock names no registry' },
];

const exempt = new Set(['scripts/lint/banned-words.ts', 'scripts/lint/banned-words.test.ts']);
const binary = /\.(png|jpg|ico|woff2|wav|gz|zip)$/;

/** What a file breaks, as `file:line: why`. */
export function findInText(file: string, text: string): string[] {
  const rules = bannedWords.filter((rule) => rule.files.test(file));
  return text.split('\n').flatMap((line, index) =>
    rules
      .filter((rule) => rule.pattern.test(line))
      .map((rule) => `${file}:${String(index + 1)}: ${rule.why}: ${line.trim().slice(0, 100)}`),
  );
}

/** Reads every file that git knows or would add. */
export async function findBannedWords(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { cwd: projectDirectory, maxBuffer: 64 * 1024 * 1024 },
  );
  const files = stdout.split('\0').filter((file) => file !== '' && !exempt.has(file) && !binary.test(file));
  const found: string[] = [];
  for (const file of files) found.push(...(await findInFile(file)));
  return found;
}

async function findInFile(file: string): Promise<string[]> {
  try {
    return findInText(file, await readFile(path.join(projectDirectory, file), 'utf8'));
  } catch (error) {
    // Known to git, deleted in the working tree.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
