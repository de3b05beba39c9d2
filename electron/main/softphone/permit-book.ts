/**
 * The permits that were used.
 *
 * Invariant: the only way to an INVITE or a REFER of ours leads through here; a permit is good once, before it expires, for its number.
 */
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import { dialPermitSchema, PERMIT_LASTS_MS } from '../../../shared/telephone/dial-permit.ts';

export interface PermitBook {
  /** Takes the permit out of use and answers it, or says why it is none. */
  use(permit: unknown): Result<DialPermit>;
}

/** A book without entries. */
export function createPermitBook(clock: Clock): PermitBook {
  const used = new Map<string, number>();
  return {
    use: (given) => {
      const parsed = dialPermitSchema.safeParse(given);
      if (!parsed.success) return fail('dial-without-permit', 'error.dialWithoutPermit');
      const permit = parsed.data;
      const nowMs = clock.nowMs();
      for (const [callId, untilMs] of used) {
        if (untilMs < nowMs) used.delete(callId);
      }
      if (used.has(permit.callId)) return fail('dial-permit-used', 'error.dialPermitUsed');
      // One that is good for longer than any permit is was not written by the desk.
      if (permit.expiresAtMs <= nowMs || permit.expiresAtMs > nowMs + PERMIT_LASTS_MS) return fail('dial-permit-expired', 'error.dialPermitExpired');
      used.set(permit.callId, nowMs + 2 * PERMIT_LASTS_MS);
      return ok(permit);
    },
  };
}
