/**
 * Keys between two screens: what is pressed while a save or the next case is on its way is meant for what comes after it.
 *
 * Invariants: while keys are held no screen acts on them; they act in their order on the screen that comes, or on none where the save was
 * refused; nothing is held for longer than anybody waits. Keys that type or move in a field, and those of the window itself, are never held.
 */
import { isHeldKey, nameOfKey } from './keyboard.ts';
import { useBindings } from './shortcut-store.ts';

type HeldKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

const MOST_HELD_MS = 3_000;
let held: HeldKey[] | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** From now on keys wait. */
export function holdKeys(): void {
  if (held === null) {
    held = [];
    window.addEventListener('keydown', keep, true);
  }
  clearTimeout(timer);
  timer = setTimeout(dropKeys, MOST_HELD_MS);
}

/** The screen they were meant for is here: they act once no dialog covers it any more, as far as one of them does not begin another wait. */
export function releaseKeys(): void {
  if (isHolding() && document.querySelector('[role="dialog"]') !== null) {
    requestAnimationFrame(releaseKeys);
    return;
  }
  const waiting = stopHolding();
  for (const key of waiting) {
    if (isHolding()) held?.push(key);
    else (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
  }
}

/** What they were meant for does not come: they are forgotten. */
export function dropKeys(): void {
  stopHolding();
}

function isHolding(): boolean {
  return held !== null;
}

function stopHolding(): HeldKey[] {
  const waiting = held ?? [];
  held = null;
  clearTimeout(timer);
  window.removeEventListener('keydown', keep, true);
  return waiting;
}

function keep(event: KeyboardEvent): void {
  const name = nameOfKey(event);
  if (event.isComposing || !isHeldKey(name)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // A key pressed twice must not save an empty form.
  const { save, saveNext, next } = useBindings.getState().bindings;
  if ([save, saveNext, next].includes(name) || event.repeat) return;
  const { key, code, ctrlKey, altKey, metaKey, shiftKey } = event;
  held?.push({ key, code, ctrlKey, altKey, metaKey, shiftKey });
}
