/** `facts --ids` and `facts --json`: what the hub holds, so that anyone can compare. */
import { z } from 'zod';
import { listFactIds } from '../facts/list-fact-ids.ts';
import { listFacts } from '../facts/list-facts.ts';
import { printJson, readOptions, UsageError, withStore } from './read-options.ts';

export async function runFacts(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { ids: { type: 'boolean' }, json: { type: 'boolean' } },
    z.object({ ids: z.boolean().default(false), json: z.boolean().default(false) }),
  );
  if (options.ids === options.json) throw new UsageError('facts needs one of: --ids (one id per line), --json (one fact per line).');
  await withStore(location, async (store) => {
    if (options.ids) {
      const factIds = await store.read(listFactIds);
      for (const factId of factIds) process.stdout.write(`${factId}\n`);
      return;
    }
    for await (const fact of listFacts(store)) printJson(fact);
  });
  return 0;
}
