/**
 * Gives back what work left behind, once nobody works.
 *
 * An engine that is not pressed for memory lets garbage lie: nodes and drawings of closed screens in the page, a first day's list in
 * the desk. On an operator's PC other programs would be pressed first. Once per rest: what was given back is not asked for again
 * before somebody has worked.
 *
 *   resting ─work▶ working ─15 s without▶ tidy up ─▶ resting
 */
const REST_MS = 15_000;

/**
 * @param tidyUp may take some tens of milliseconds; called when no work was told of for 15 s
 * @returns tells of work
 */
export function afterRest(tidyUp: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(tidyUp, REST_MS);
  };
}
