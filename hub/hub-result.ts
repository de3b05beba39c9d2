/**
 * The outcome of what a hub route does.
 *
 * Invariant: a foreseen refusal is a value with an HTTP status, a code for programs and a sentence for people; the
 * sentence holds no personal data, for it may be logged. A bug is thrown and answered as 500 without details.
 */
import type { HubError } from '../shared/protocol/session-protocol.ts';

export interface Refusal {
  status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 507;
  code: string;
  message: string;
  details?: HubError['error']['details'];
}

export type HubResult<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function accept<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse(status: Refusal['status'], code: string, message: string, details?: Refusal['details']): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: details === undefined ? { status, code, message } : { status, code, message, details } };
}

/** The body of a refusal as it travels. */
export function errorBody(refusal: Refusal): HubError {
  const { code, message, details } = refusal;
  return { error: details === undefined ? { code, message } : { code, message, details } };
}
