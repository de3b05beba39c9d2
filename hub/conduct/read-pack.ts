/**
 * A script as somebody wants to publish it.
 *
 * Invariant: what the checker of scripts finds is never published; every finding is told, so that the editor shows all at once.
 */
import type { JsonObject } from '../../shared/json-object.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import { checkScript } from '../../shared/script/check-script.ts';
import { readScriptPack } from '../../shared/script/script-pack.ts';
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
  const findings = checkScript(read.value);
  if (findings.length > 0) {
    return refuse(400, 'script-has-findings', `The script has ${String(findings.length)} findings; nothing was published.`, {
      findings: findings.slice(0, MAX_FINDINGS).map(({ code, where, detail }) => ({ code, where, detail })),
    });
  }
  return accept({ packId: read.value.id, packVersion: read.value.version, pack: jsonObjectSchema.parse(JSON.parse(JSON.stringify(read.value))) });
}
