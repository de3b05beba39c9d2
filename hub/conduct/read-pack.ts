/**
 * A script as somebody wants to publish it.
 *
 * Invariants: what it includes is put into it, so that a desk needs nothing else to follow it; what the checker of scripts finds is never
 * published; every finding is told, so that the editor shows all at once.
 */
import type { JsonObject } from '../../shared/json-object.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import { checkScript } from '../../shared/script/check-script.ts';
import { resolveScript } from '../../shared/script/resolve-script.ts';
import { readScriptPack } from '../../shared/script/script-pack.ts';
import { standardFragments } from '../../shared/script/standard-packs.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';

const MAX_FINDINGS = 200;

export interface FitPack { packId: string; packVersion: string; pack: JsonObject }

export function readPack(content: unknown): HubResult<FitPack> {
  const read = readScriptPack(content);
  if (!read.ok) {
    const { where, problem } = read.error.details;
    return refuse(400, 'script-unreadable', `The script cannot be read (${String(where)}: ${String(problem)}).`, { where: where ?? '', problem: problem ?? '' });
  }
  const resolved = resolveScript(read.value, standardFragments);
  if (!resolved.ok) {
    const { fragment } = resolved.error.details;
    return refuse(400, 'script-fragment-missing', `The script includes "${String(fragment)}", which is not there.`, { fragment: fragment ?? '' });
  }
  const pack = resolved.value;
  const findings = checkScript(pack);
  if (findings.length > 0) {
    return refuse(400, 'script-has-findings', `The script has ${String(findings.length)} findings; nothing was published.`, {
      findings: findings.slice(0, MAX_FINDINGS).map(({ code, where, detail }) => ({ code, where, detail })),
    });
  }
  return accept({ packId: pack.id, packVersion: pack.version, pack: jsonObjectSchema.parse(JSON.parse(JSON.stringify(pack))) });
}
