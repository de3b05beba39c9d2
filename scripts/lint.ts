/**
 * The checks on the source itself; each counts as one.
 *
 *   node scripts/lint.ts
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findBannedWords } from './lint/banned-words.ts';
import { isEntry, projectDirectory } from './project.ts';

export interface CheckResult {
  passed: boolean;
  output: string;
}

export interface Check {
  name: string;
  run: () => Promise<CheckResult>;
}

const layerFolders = ['shared', 'electron', 'renderer', 'hub', 'scripts', 'tests'];
const translationCheck = 'scripts/check-translations.ts';

/** Every check of the suite `lint`. */
export const lintChecks: Check[] = [
  { name: 'eslint', run: () => runTool('eslint', ['.', '--max-warnings', '0']) },
  {
    name: 'layers',
    run: () =>
      runTool('depcruise', ['--config', '.dependency-cruiser.cjs', ...layerFolders.filter((folder) => existsSync(path.join(projectDirectory, folder)))]),
  },
  { name: 'translation keys', run: () => runTool('node', [translationCheck]) },
  {
    name: 'banned words',
    run: async () => {
      const found = await findBannedWords();
      return { passed: found.length === 0, output: found.join('\n') };
    },
  },
];

/** Runs a tool of `node_modules/.bin` in the project and keeps what it says. */
export function runTool(tool: string, toolArguments: string[]): Promise<CheckResult> {
  const file = path.join(projectDirectory, 'node_modules', '.bin', tool);
  return new Promise((resolve, reject) => {
    const child = spawn(file, toolArguments, { cwd: projectDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (text: string): void => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ passed: code === 0, output });
    });
  });
}

if (isEntry(import.meta.filename)) {
  for (const check of lintChecks) {
    const { passed, output } = await check.run();
    process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${check.name}\n${passed ? '' : `${output}\n`}`);
    if (!passed) process.exitCode = 1;
  }
}
