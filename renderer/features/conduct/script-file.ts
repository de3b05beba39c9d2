/** A script as a JSON file, as agencies keep them: read flat (what it includes is put in), written as it stands. */
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { resolveScript } from '../../../shared/script/resolve-script.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { readScriptPack } from '../../../shared/script/script-pack.ts';
import { standardFragments } from '../../../shared/script/standard-packs.ts';

const MOST_BYTES = 2 * 1024 * 1024;

export async function readScriptFile(file: File): Promise<Result<ScriptPack>> {
  if (file.size > MOST_BYTES) return fail('script-too-large', 'error.scriptTooLarge', { name: file.name });
  return readScriptText(await file.text());
}

export function readScriptText(text: string): Result<ScriptPack> {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const read = readScriptPack(parsed.value);
  return read.ok ? resolveScript(read.value, standardFragments) : { ok: false, error: { ...read.error, messageKey: 'error.scriptFileUnreadable' } };
}

function parse(text: string): Result<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return fail('script-unreadable', 'error.scriptFileUnreadable', { where: 'JSON', problem: error.message });
    throw error;
  }
}

/** Two spaces, one line at the end: good to compare. */
export function scriptText(pack: ScriptPack): string {
  return `${JSON.stringify(pack, null, 2)}\n`;
}

export function saveScriptFile(pack: ScriptPack): void {
  const url = URL.createObjectURL(new Blob([scriptText(pack)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${pack.id}-${pack.version}.json`;
  link.click();
  // The download has taken hold of the text once the click has been handled.
  setTimeout(() => { URL.revokeObjectURL(url); });
}
