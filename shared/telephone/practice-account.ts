/**
 * The account of the practice line: it names no exchange that could be reached, and no exchange takes it.
 */
import type { OwnTelephone } from '../protocol/telephone-protocol.ts';
import type { TelephoneAccount } from './account.ts';

/** A domain that never is (RFC 2606 §2). */
const practiceDomain = 'practice.invalid';

export const practiceTelephone: OwnTelephone = {
  account: {
    server: `wss://${practiceDomain}`, domain: practiceDomain, user: 'pratica', authenticationUser: null, password: 'none', privateAuthority: null,
    tones: 'sound', ringForMs: 25_000,
  },
  reason: null,
  callerIds: [],
};

export function isPracticeAccount({ domain }: TelephoneAccount): boolean {
  return domain === practiceDomain;
}
