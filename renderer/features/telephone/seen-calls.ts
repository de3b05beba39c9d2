/** Until when an operator has looked at the missed calls: on this PC, and nothing but a moment. */
import type { UserId } from '../../../shared/id.ts';

const nameOf = (userId: UserId): string => `premura-calls-seen-${userId}`;

/** 0: never. */
export function readSeenMs(userId: UserId): number {
  const kept = Number(localStorage.getItem(nameOf(userId)));
  return Number.isSafeInteger(kept) && kept > 0 ? kept : 0;
}

export function writeSeenMs(userId: UserId, seenMs: number): void {
  localStorage.setItem(nameOf(userId), String(seenMs));
}
