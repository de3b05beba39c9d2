/**
 * Puts what a pack includes into the pack, so that it stands alone.
 *
 * Invariant: the pack's own steps and objections come first and take the place of a fragment's with the same id; two fragments that
 * bring the same id stay two, and the checker says so.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { ScriptFragment, ScriptPack } from './script-pack.ts';

/** The pack with nothing left to include; fails where a fragment is not there. */
export function resolveScript(pack: ScriptPack, fragments: readonly ScriptFragment[]): Result<ScriptPack> {
  const included: ScriptFragment[] = [];
  for (const id of new Set(pack.includes)) {
    const fragment = fragments.find((candidate) => candidate.id === id);
    if (fragment === undefined) return fail('script-fragment-missing', 'error.scriptFragmentMissing', { pack: pack.id, fragment: id });
    included.push(fragment);
  }
  const isNew = (own: readonly { id: string }[]) => (entry: { id: string }): boolean => !own.some(({ id }) => id === entry.id);
  return ok({
    ...pack,
    includes: [],
    steps: [...pack.steps, ...included.flatMap((fragment) => fragment.steps.filter(isNew(pack.steps)))],
    objections: [...pack.objections, ...included.flatMap((fragment) => fragment.objections.filter(isNew(pack.objections)))],
  });
}
