/**
 * What a caller says of itself, made fit to be shown.
 *
 * Invariant: what comes out holds no control character, nothing that turns the direction of writing or hides itself, and is short: a
 * name can never look like a part of the screen. Whoever calls chose it, so it proves nothing.
 */
const LONGEST = 60;

/** Controls, format characters (bidi marks and isolates, zero-width ones, tags), private use, unpaired surrogates, line separators. */
const unwanted = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{3164}\u{FFA0}]/gu;
/** More than three marks on one letter climb over the lines around it. */
const towers = /(\p{M}{3})\p{M}+/gu;

/** The name, or null where nothing readable is left. */
export function cleanCallerName(name: string): string | null {
  const readable = name.slice(0, 1_000).replace(unwanted, ' ').normalize('NFC').replace(towers, '$1').replace(/\s+/gu, ' ').trim();
  const letters = [...readable];
  const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('').trimEnd()}…` : readable;
  return /[\p{L}\p{N}]/u.test(short) ? short : null;
}
