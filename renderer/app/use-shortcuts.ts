/**
 * Listens to keys for as long as a screen is shown.
 *
 * Invariants: what an operator may give another key is named by its id; only keys that never change (arrows, Esc,
 * digits) are named as they are. Alt with the letter of a shortcut is that shortcut from within a field too, where nothing else is on it.
 */
import { useEffect, useRef } from 'react';
import type { ShortcutId } from './keyboard.ts';
import { actsWhileTyping, letterOfAlt, nameOfKey, shortcutIds } from './keyboard.ts';
import { useBindings } from './shortcut-store.ts';

type Action = () => void;
type FixedKey = `Arrow${'Up' | 'Down' | 'Left' | 'Right'}` | 'PageUp' | 'PageDown' | 'Home' | 'End' | 'Escape' | 'Ctrl+Enter' | `${number}` | `${'Alt' | 'Ctrl'}+${number}`;
export type ShortcutMap = Readonly<Partial<Record<ShortcutId | FixedKey, Action>>>;

/** Runs the action of a key, unless a dialog is open (`evenOverDialogs`: the telephone's do not wait), somebody types, or it was handled already. */
export function useShortcuts(shortcuts: ShortcutMap, evenOverDialogs = false): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = nameOfKey(event);
      const action = actionOf(current.current, name);
      if (action === undefined || (isField(event.target) && !actsWhileTyping(name)) || (!evenOverDialogs && document.querySelector('[role="dialog"], [role="menu"]') !== null)) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [evenOverDialogs]);
}

function actionOf(shortcuts: ShortcutMap, name: string): Action | undefined {
  const { bindings } = useBindings.getState();
  const id = shortcutIds.find((candidate) => bindings[candidate] === name && shortcuts[candidate] !== undefined);
  const action = id === undefined ? new Map(Object.entries(shortcuts)).get(name) : shortcuts[id];
  const letter = letterOfAlt(name);
  const isTaken = letter === null || Object.values(bindings).includes(name);
  return action ?? (isTaken ? undefined : actionOf(shortcuts, letter));
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]') !== null;
}
