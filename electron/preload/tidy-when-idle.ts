/**
 * Gives back what the page keeps of screens long gone, when nobody is working at it.
 *
 * The engine collects scripts' garbage by itself, but nodes and drawings of closed screens only when it feels pressed for memory: an
 * operator's PC, where other programs are, would be pressed first. Once per rest: what was given back is not asked for again before
 * somebody has worked.
 *
 *   resting ─key, click, wheel▶ working ─15 s without▶ tidy up ─▶ resting
 */
const IDLE_MS = 15_000;
const signsOfWork = ['keydown', 'pointerdown', 'wheel'] as const;

/**
 * @param page what hears keys and clicks
 * @param tidyUp takes some tens of milliseconds; called when nobody has touched the page for 15 s since they last did
 */
export function tidyWhenIdle(page: Pick<EventTarget, 'addEventListener'>, tidyUp: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tidyUp, IDLE_MS);
  };
  for (const sign of signsOfWork) page.addEventListener(sign, restart, { capture: true, passive: true });
}
