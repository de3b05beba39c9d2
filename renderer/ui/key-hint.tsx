/** A key on its action: seen, not read aloud (the action already has its name). */
import type { ReactNode } from 'react';
import type { ShortcutId } from '../app/keyboard.ts';
import { showKey } from '../app/keyboard.ts';
import { useBindings } from '../app/shortcut-store.ts';

export function KeyHint({ keys }: { keys: string }): ReactNode {
  return <kbd className="key" aria-hidden="true">{keys}</kbd>;
}

/** The key that a shortcut has now, which the operator may have changed; `fromField`: while somebody types, a letter needs Alt. */
export function ShortcutHint({ id, fromField = false }: { id: ShortcutId; fromField?: boolean }): ReactNode {
  const key = useBindings((store) => store.bindings[id]);
  return <KeyHint keys={showKey(fromField && /^[a-z]$/.test(key) ? `Alt+${key}` : key).join(' ')} />;
}
