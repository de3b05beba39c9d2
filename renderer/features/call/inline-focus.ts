/** A form that opened inside the page gives the focus back to where it came from, unless it has gone somewhere else. */
let opener: Element | null = null;

export function rememberOpener(): void {
  opener = document.activeElement;
}

export function returnToOpener(): void {
  const from = opener;
  opener = null;
  requestAnimationFrame(() => {
    if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) from.focus({ preventScroll: true });
  });
}
