/**
 * The application that the test Electron starts when none is built in: loads the app
 * directory given as first argument, as the official runtime's default app does.
 *
 * Invariant: `ready` is held back until the app's main module has been evaluated, because
 * this module awaits it at its top level; privileged schemes can then still be registered.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const requireFromHere = createRequire(import.meta.url);
const preloaded = [];
let appDirectory;
for (let index = 1; index < process.argv.length && appDirectory === undefined; index += 1) {
  const argument = process.argv[index];
  if (argument === '-r' || argument === '--require') {
    index += 1;
    preloaded.push(process.argv[index]);
  } else if (!argument.startsWith('-')) {
    appDirectory = path.resolve(argument);
  }
}
if (appDirectory === undefined) {
  process.stderr.write('usage: electron [switches] APP_DIRECTORY [arguments]\n');
  process.exit(64);
}

const manifest = JSON.parse(readFileSync(path.join(appDirectory, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(appDirectory);
for (const file of preloaded) requireFromHere(path.resolve(file));
try {
  await import(pathToFileURL(path.join(appDirectory, manifest.main)).href);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
