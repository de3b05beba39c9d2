/** Listens to keys for as long as a screen is shown. */
import { useEffect, useRef } from 'react';
import { actsWhileTyping, nameOfKey } from './keyboard.ts';

export type ShortcutMap = Readonly<Record<string, () => void>>;

/** Runs the action of a key, unless a dialog is open, somebody types, or it was handled already. */
export function useShortcuts(shortcuts: ShortcutMap): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      const name = nameOfKey(event);
      const action = current.current[name];
      if (action === undefined || (isField(event.target) && !actsWhileTyping(name))) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
