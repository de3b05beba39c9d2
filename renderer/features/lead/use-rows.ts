/**
 * Rows under the keyboard: ↑ and ↓ (or J and K) move among them; each row is a button or holds one, so Enter is its own.
 *
 * Invariants: a list that appears takes the focus only when nothing else has it; who comes back from a case stands where it was
 * opened; when the row in focus goes (it was settled), the next one has the focus; a click elsewhere is never undone.
 */
import { useCallback, useEffect, useRef } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useLead } from './lead-store.ts';

interface Rows<T extends HTMLElement> {
  ref: RefObject<T | null>;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/** For the element that holds the rows: `<ul {...useRows<HTMLUListElement>()}>`; rows carry `data-row`. */
export function useRows<T extends HTMLElement>(): Rows<T> {
  const ref = useRef<T>(null);
  const place = useRef(0);
  const wantsFocus = useRef(true);
  useEffect(() => {
    if (ref.current === null || !wantsFocus.current || document.activeElement !== document.body) return;
    const rows = rowsIn(ref.current);
    const { openedRow, cameBack } = useLead.getState();
    const opened = rows.find((row) => row.dataset['row'] === openedRow);
    const row = opened ?? rows[Math.min(place.current, rows.length - 1)];
    if (row === undefined) return;
    focusRow(row);
    cameBack();
  });
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = stepOf(event.key);
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey || isTyped(event)) return;
    const rows = rowsIn(event.currentTarget);
    const at = rows.findIndex((row) => holdsFocus(row));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    event.preventDefault();
    focusRow(next);
  }, []);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    wantsFocus.current = true;
    const at = rowsIn(event.currentTarget).findIndex((row) => holdsFocus(row));
    if (at >= 0) place.current = at;
  }, []);
  const onBlur = useCallback((event: FocusEvent<HTMLElement>) => {
    if (event.target.isConnected && event.relatedTarget === null) wantsFocus.current = false;
  }, []);
  return { ref, onKeyDown, onFocus, onBlur };
}

/** Whether a key press belongs to a field in which somebody types. */
export function isTyped(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
}

export function focusFirstRow(holder: Element | null): void {
  const first = holder === null ? undefined : rowsIn(holder)[0];
  if (first !== undefined) focusRow(first);
}

function rowsIn(holder: Element): HTMLElement[] {
  return [...holder.querySelectorAll<HTMLElement>('[data-row]')];
}

/** A row is in focus with all that belongs to it: its buttons and the form that is open under it. */
function holdsFocus(row: HTMLElement): boolean {
  return (row.closest('li') ?? row).contains(document.activeElement);
}

function focusRow(row: HTMLElement): void {
  (row.matches('button') ? row : (row.querySelector<HTMLElement>('button') ?? row)).focus();
}

function stepOf(key: string): -1 | 0 | 1 {
  switch (key) {
    case 'ArrowDown': case 'j': return 1;
    case 'ArrowUp': case 'k': return -1;
    default: return 0;
  }
}
