/**
 * Whether what the status line says goes along to another screen.
 *
 * Invariant: what was just saved, and its undo, follow the work (the next case, the list, a case from it) and nothing else:
 * in the settings or in the agenda nobody remembers what "undo" would undo.
 */
import type { Place } from './navigation-store.ts';

/** @param cameFrom the list that the case was opened from @param isOffered whether something may still be undone */
export function carriesNotice(from: Place, to: Place, cameFrom: Place['name'], isOffered: boolean): boolean {
  if (from.name === to.name) return true;
  if (from.name === 'case') return to.name === cameFrom || to.name === 'worklist' || to.name === 'home';
  return to.name === 'case' && isOffered;
}
