/**
 * What the contact policy may answer, by code; the sentences are the locale keys `policy.<code>` and `policyWarning.<code>`.
 *
 * Invariant: a code says by itself whether somebody knows when contact will be allowed: timed ones carry `{{until}}`, open ones wait
 * for a person to decide or to learn something. Imports nothing, so that the page may have it.
 */
export const openPolicyCodes = [
  'represented', 'stopped', 'do-not-call-person', 'do-not-call-creditor', 'do-not-call-number', 'dispute-open', 'suspended-open', 'inability-open',
  'workplace', 'certificate-missing', 'written-without-consent', 'written-as-first', 'no-common-hours',
] as const;

export const timedPolicyCodes = [
  'suspended', 'breathing-space', 'inability', 'closure', 'holiday', 'sunday', 'hours', 'preferred-hours',
  'conversation-rest', 'calls-in-days', 'conversations-week', 'rounds-week', 'conversations-today', 'rounds-today', 'rounds-apart', 'number-tried', 'busy-wait',
] as const;

/** What a lead may set aside with a reason: frequency, and nothing else. */
export const overridablePolicyCodes = [
  'conversation-rest', 'calls-in-days', 'conversations-week', 'rounds-week', 'conversations-today', 'rounds-today', 'rounds-apart', 'number-tried', 'busy-wait',
] as const satisfies (typeof timedPolicyCodes)[number][];

export type PolicyCode = (typeof openPolicyCodes)[number] | (typeof timedPolicyCodes)[number];
export type FrequencyCode = (typeof overridablePolicyCodes)[number];
export const policyCodes: readonly PolicyCode[] = [...openPolicyCodes, ...timedPolicyCodes];

/** Allowed, with a word. */
export const policyWarnings = ['calls-close', 'calls-many', 'trainee', 'frequency-overridden', 'preferred-hours'] as const;
export type PolicyWarning = (typeof policyWarnings)[number];
