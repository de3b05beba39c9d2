/** A key on its action: seen, not read aloud (the action already has its name). */
import type { ReactNode } from 'react';

export function KeyHint({ keys }: { keys: string }): ReactNode {
  return <kbd className="key" aria-hidden="true">{keys}</kbd>;
}
