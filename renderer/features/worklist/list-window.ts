/** Which rows of a long list are held: a window around those in sight, the others come when they are scrolled to. */
export const WINDOW_ROWS = 100;
/** Windows begin at multiples of this, so that a step of the selection asks for nothing. */
const STEP_ROWS = 25;

/** The first row of the window to hold when these rows are in sight: the present one as long as they are in it. */
export function windowFor(first: number, from: number, to: number): number {
  if (from >= first && to < first + WINDOW_ROWS) return first;
  return Math.max(0, Math.floor((from + to) / 2 / STEP_ROWS) * STEP_ROWS - WINDOW_ROWS / 2 + STEP_ROWS);
}
