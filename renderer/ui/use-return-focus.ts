/** What opens by a key and takes the focus, or is tabbed into, gives it back to where it was, unless it has gone somewhere else meanwhile. */
import { useEffect, useState } from 'react';

export function useReturnFocus(): void {
  // While this is drawn first, so before any field of it has the focus.
  const [from] = useState(() => document.activeElement);
  useEffect(() => () => {
    requestAnimationFrame(() => {
      if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) from.focus({ preventScroll: true });
    });
  }, [from]);
}
