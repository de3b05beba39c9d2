/**
 * A build of the app whose Italian is 40 % longer and accented, to find texts that have no room.
 *
 * Invariant: only the words differ; main, preload, styles and code are those of the build under test.
 */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { rendererTarget } from '../../scripts/build-targets.ts';
import type { ElectronRuntime } from '../../scripts/electron-runtime.ts';

const accents: Readonly<Record<string, string>> = { a: 'å', e: 'é', i: 'î', o: 'ö', u: 'ü', A: 'Å', E: 'É', I: 'Î', O: 'Ö', U: 'Ü', c: 'ç', n: 'ñ', s: 'š', C: 'Ç', N: 'Ñ', S: 'Š' };
const LONGER = 0.4;

/** Each word longer by two fifths, its letters accented; placeholders and marks stay. */
export function pseudo(text: string): string {
  return text.split(/({{[^}]*}})/).map((part) => (part.startsWith('{{') ? part : part.replace(/\p{L}+/gu, longerWord))).join('');
}

function longerWord(word: string): string {
  const letters = [...word].map((letter) => accents[letter] ?? letter);
  const more = Math.max(1, Math.round(letters.length * LONGER));
  const middle = Math.ceil(letters.length / 2);
  const doubled = letters[middle - 1] ?? '';
  return [...letters.slice(0, middle), ...Array.from({ length: more }, () => doubled.toLowerCase()), ...letters.slice(middle)].join('');
}

/** Builds it beside; answers the folder to start Electron with. */
export async function buildPseudoApp(runtime: ElectronRuntime, folder: string): Promise<string> {
  const out = join(folder, 'out');
  mkdirSync(out, { recursive: true });
  cpSync(join(runtime.appDirectory, 'package.json'), join(folder, 'package.json'));
  for (const shared of ['assets', 'node_modules']) symlinkSync(join(runtime.appDirectory, shared), join(folder, shared));
  for (const part of ['main', 'preload']) cpSync(join(runtime.appDirectory, 'out', part), join(out, part), { recursive: true });
  const target = rendererTarget(out, true);
  await build({
    ...target,
    plugins: [
      ...(target.plugins ?? []),
      {
        name: 'pseudo-locale',
        enforce: 'pre',
        transform: (code: string, id: string) => (id.endsWith('/locales/it.json') ? { code: JSON.stringify(lengthen(JSON.parse(code))), map: null } : null),
      },
    ],
  });
  // It has no words.
  cpSync(join(runtime.appDirectory, 'out/renderer/audio'), join(out, 'renderer/audio'), { recursive: true });
  return folder;
}

function lengthen(node: unknown): unknown {
  if (typeof node === 'string') return pseudo(node);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, lengthen(value)]));
}
