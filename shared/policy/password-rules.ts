/**
 * What a password must be, how strong one is, and a first one to hand over.
 *
 * Invariant: hub and screens say the same. Length counts most, and no kinds of characters are demanded: demands make people write `Password1!`.
 */
import { newRandomHex } from '../id.ts';

export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 200;

/** Beginnings of what is tried first by whoever guesses. */
const commonBeginnings = ['password', 'qwerty', '12345678', '87654321', 'iloveyou', 'benvenuto', 'welcome', 'premura', 'juventus', 'francesco', 'abcdefgh', '11111111', '00000000'];

export const passwordProblems = ['too-short', 'too-common', 'like-name'] as const;
export type PasswordProblem = (typeof passwordProblems)[number];

/** Why this password cannot be taken for this person; null when it can. */
export function findPasswordProblem(password: string, username: string): PasswordProblem | null {
  if (password.length < MIN_PASSWORD_LENGTH) return 'too-short';
  const plain = password.toLowerCase();
  const name = username.trim().toLowerCase();
  if (name.length >= 3 && plain.replace(/[\d\W_]/g, '') === name.replace(/[\d\W_]/g, '')) return 'like-name';
  const variety = new Set(plain).size;
  if (variety < 4 || commonBeginnings.some((beginning) => plain.startsWith(beginning) && plain.length < beginning.length + 4)) return 'too-common';
  return null;
}

export const passwordStrengths = ['weak', 'fair', 'strong'] as const;
export type PasswordStrength = (typeof passwordStrengths)[number];

/** How long it would stand against guessing, roughly: by length and by how many different characters it has. */
export function measurePassword(password: string, username: string): PasswordStrength {
  if (findPasswordProblem(password, username) !== null) return 'weak';
  const variety = new Set(password).size;
  if (password.length >= 14 && variety >= 8) return 'strong';
  return password.length >= 10 && variety >= 6 ? 'fair' : 'weak';
}

/** No letter or digit that looks like another one when it is written down by hand. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random first password, easy to read aloud and to type: `k7mq-p3xw-n8rd` (59 bits). */
export function newFirstPassword(): string {
  const characters: string[] = [];
  while (characters.length < 12) {
    const byte = Number.parseInt(newRandomHex(1), 16);
    // Bytes past the last whole round of the alphabet would favour its beginning.
    if (byte < 256 - (256 % readable.length)) characters.push(readable.charAt(byte % readable.length));
  }
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-');
}
