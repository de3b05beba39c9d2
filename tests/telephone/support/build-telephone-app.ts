/** Builds the suite's app beside the usual build, whose preload and pages it uses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { nodeTarget } from '../../../scripts/build-targets.ts';
import { projectDirectory } from '../../../scripts/project.ts';

export const builtBundles = path.join(projectDirectory, 'out');
const appDirectory = path.join(builtBundles, 'telephone');

/** Answers the folder to give to Electron. */
export async function buildTelephoneApp(): Promise<string> {
  mkdirSync(appDirectory, { recursive: true });
  await build(nodeTarget({ name: 'telephone', source: 'tests/telephone/app/main.ts' }, appDirectory, true));
  writeFileSync(path.join(appDirectory, 'package.json'), JSON.stringify({ name: 'premura-telephone-test', version: '0.0.0', type: 'module', main: 'main/telephone.js' }));
  return appDirectory;
}
