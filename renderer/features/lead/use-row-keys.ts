/** ↑ and ↓ (or J and K) move among the rows of a list; each row is a button or holds one, so Enter is its own. */
import { useCallback } from 'react';
import type { KeyboardEvent } from 'react';

export function useRowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const step = stepOf(event.key);
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    event.preventDefault();
    (next.matches('button') ? next : (next.querySelector<HTMLElement>('button') ?? next)).focus();
  }, []);
}

function stepOf(key: string): -1 | 0 | 1 {
  switch (key) {
    case 'ArrowDown': case 'j': return 1;
    case 'ArrowUp': case 'k': return -1;
    default: return 0;
  }
}
