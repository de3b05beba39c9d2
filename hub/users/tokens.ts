/**
 * Session tokens: 256 random bits, opaque, stored only as SHA-256.
 *
 * Invariant: the access token lives 15 minutes; the refresh token changes at each use and its session ends 14 hours
 * after sign-in, whatever happens, so a shift is one sign-in and a lost disk is not a session for ever.
 */
import { createHash } from 'node:crypto';
import { newRandomHex } from '../../shared/id.ts';
import type { Tokens } from '../../shared/protocol/session-protocol.ts';

export const ACCESS_LIFE_MS = 15 * 60_000;
export const REFRESH_LIFE_MS = 14 * 3_600_000;

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A fresh pair for a session that ends at `sessionEndsAt`. */
export function newTokens(nowMs: number, sessionEndsAt: number): Tokens {
  return {
    accessToken: newRandomHex(32), accessExpiresAt: Math.min(nowMs + ACCESS_LIFE_MS, sessionEndsAt),
    refreshToken: newRandomHex(32), refreshExpiresAt: sessionEndsAt,
  };
}
