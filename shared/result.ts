/**
 * The outcome of anything that may fail for a reason the operator can act on.
 *
 * Invariant: an expected failure is a value, with a code, a translatable sentence and
 * the details the sentence needs; a bug is thrown. `undefined` is never an answer.
 */
import { z } from 'zod';

/** Values that may stand inside the sentence of an error. */
export type ErrorDetails = Record<string, string | number | boolean | null>;

/** A failure that was foreseen. `messageKey` is a translation key that says what to do next. */
export interface AppError {
  code: string;
  messageKey: string;
  retryable: boolean;
  details: ErrorDetails;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

export const appErrorSchema = z.object({
  code: z.string(),
  messageKey: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** A success. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** A foreseen failure; `retryable` says that the very same request may succeed later. */
export function fail(
  code: string,
  messageKey: string,
  details: ErrorDetails = {},
  retryable = false,
): { ok: false; error: AppError } {
  return { ok: false, error: { code, messageKey, retryable, details } };
}
