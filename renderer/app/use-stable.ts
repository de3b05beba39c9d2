/** A function that stays the same one while what it does follows the last render: for what is drawn only when its own things change. */
import { useCallback, useLayoutEffect, useRef } from 'react';

export function useStable<Arguments extends unknown[]>(act: (...given: Arguments) => void): (...given: Arguments) => void {
  const latest = useRef(act);
  useLayoutEffect(() => { latest.current = act; });
  return useCallback((...given: Arguments) => { latest.current(...given); }, []);
}
