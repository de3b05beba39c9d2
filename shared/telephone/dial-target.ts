/**
 * Numbers as they come: typed, from a `tel:` link (RFC 3966), from a SIP address (RFC 3261 §19.1).
 *
 * Invariant: what comes out is digits, `*`, `#` and one leading plus, so that it can stand in a SIP address without any escaping;
 * parameters, hosts and passwords of what came in are left behind.
 */
import { z } from 'zod';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';

const LONGEST_TEXT = 500;

/** A number that can be dialled. */
export const dialNumberSchema = z.string().regex(/^\+?[0-9*#]{2,24}$/).brand<'DialNumber'>();
export type DialNumber = z.infer<typeof dialNumberSchema>;

/** Reads a number, a `tel:` link or a SIP address; `telephone-number-unreadable` where there is none in it. */
export function readDialTarget(text: string): Result<DialNumber> {
  if (text.length > LONGEST_TEXT) return unreadable();
  const number = dialNumberSchema.safeParse(withoutSeparators(decode(subscriberOf(text.trim()))));
  return number.success ? ok(number.data) : unreadable();
}

/** An exchange's own numbers; three digits that begin with 1 are the emergency and service numbers of the public network. */
const EXTENSION = /^(?!1\d\d$)\d{2,6}$/;

/** Whether a number is a colleague's, and no customer's. */
export function isExtension(number: DialNumber): boolean {
  return EXTENSION.test(number);
}

/** The part that names the subscriber: before the host, before any parameter. */
function subscriberOf(text: string): string {
  const scheme = /^(tel|sips?|callto):(?:\/\/)?/i.exec(text);
  const rest = text.slice(scheme?.[0].length ?? 0);
  if (scheme === null) return rest;
  const user = /^sips?$/i.test(scheme[1] ?? '') ? rest.slice(0, Math.max(rest.indexOf('@'), 0)) : rest;
  return user.split(/[;:?]/, 1)[0] ?? '';
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The visual separators of RFC 3966 §3, and the blanks and slashes that people write. */
function withoutSeparators(text: string): string {
  return text.replace(/[\s\u00A0.()/-]/g, '');
}

function unreadable(): Result<DialNumber> {
  return fail('telephone-number-unreadable', 'error.telephoneNumberUnreadable');
}
