/** Where the selection goes when a key moves it; it never leaves the list. */
export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

const PAGE_ROWS = 8;

/** The new index in a list of `count` rows; -1 only in an empty list. */
export function moveSelection(index: number, count: number, move: Move): number {
  const clamp = (wanted: number): number => Math.max(0, Math.min(count - 1, wanted));
  if (count === 0) return -1;
  switch (move) {
    case 'up': return clamp(index - 1);
    case 'down': return clamp(index + 1);
    case 'page-up': return clamp(index - PAGE_ROWS);
    case 'page-down': return clamp(index + PAGE_ROWS);
    case 'first': return 0;
    case 'last': return count - 1;
  }
}
