/** How long every side of the `page` bench rests between two turns: a desk that rests has cold caches. */
export const PAUSE_MS = 25;
