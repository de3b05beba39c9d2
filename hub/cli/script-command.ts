/** `script --file FILE | --withdraw PACK | --list`: scripts as agencies keep them, in version control. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { systemClock } from '../../shared/time.ts';
import { listScripts, publishScript, withdrawScript } from '../conduct/publish-script.ts';
import type { Refusal } from '../hub-result.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const findingsSchema = z.array(z.object({ code: z.string(), where: z.string(), detail: z.string() }));

export async function runScript(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { file: text, withdraw: text, list: flag, json: flag },
    z.object({ file: z.string().optional(), withdraw: z.string().optional(), list: z.boolean().default(false), json: z.boolean().default(false) }),
  );
  const { file, withdraw, list } = options;
  if ([file !== undefined, withdraw !== undefined, list].filter(Boolean).length !== 1) {
    throw new UsageError('script needs one of: --file FILE (publish), --withdraw PACK, --list.');
  }
  const content = file === undefined ? null : await readJsonFile(file);
  return withStore(location, async (store) => {
    const by = { userId: null, nowMs: systemClock.nowMs() };
    if (content !== null) {
      const published = await store.write((tx) => publishScript(tx, by, content));
      if (!published.ok) return refused(published.refusal, options.json);
      const { packId, packVersion } = published.value;
      if (options.json) printJson({ packId, packVersion });
      else say(`Published ${packId} ${packVersion}. Calls that have begun finish on the version before.`);
      return 0;
    }
    if (withdraw !== undefined) {
      const withdrawn = await store.write((tx) => withdrawScript(tx, by, withdraw));
      if (!withdrawn.ok) return refused(withdrawn.refusal, options.json);
      say(`Withdrew ${withdraw}: the standard script counts again, where there is one.`);
      return 0;
    }
    const scripts = await store.read(listScripts);
    if (options.json) printJson(scripts);
    else for (const script of scripts) process.stdout.write(`${script.packId}\t${script.packVersion}\t${script.isInForce ? 'in force' : ''}\n`);
    return 0;
  });
}

async function readJsonFile(file: string): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`${file} cannot be read (${String(error.code)}).`);
    throw error;
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} is no JSON: ${error.message}`);
    throw error;
  }
}

/** Every finding on a line of its own: `code`, where, what. */
function refused(refusal: Refusal, json: boolean): number {
  const findings = findingsSchema.safeParse(refusal.details?.['findings']);
  if (json) printJson({ code: refusal.code, ...(findings.success ? { findings: findings.data } : {}) });
  else if (findings.success) for (const { code, where, detail } of findings.data) process.stdout.write(`${code}\t${where}\t${detail}\n`);
  say(refusal.message);
  return 1;
}
