/**
 * The names and addresses of a SIP header (RFC 3261 §25.1, name-addr and addr-spec), read leniently: `"Mario" <sip:1@x>, <tel:+39061>`.
 *
 * Invariant: it never throws, whatever it is given, and reads a bounded part of it.
 */
export interface NameAddress {
  /** '' = none was given. */
  name: string;
  uri: string;
}

const LONGEST = 8_192;
const MOST = 8;

/** In their order; what has no address in it is left out. */
export function readNameAddresses(header: string): NameAddress[] {
  return splitOutside(header.slice(0, LONGEST)).slice(0, MOST).flatMap((part) => {
    const quoted = /^\s*"((?:[^"\\]|\\.)*)"\s*<([^<>]*)>/.exec(part) ?? /^\s*([^"<>]*)<([^<>]*)>/.exec(part);
    if (quoted !== null) return [{ name: plainName(quoted[1] ?? ''), uri: (quoted[2] ?? '').trim() }];
    const uri = /^\s*([a-z][a-z0-9+.-]*:[^\s;,<>"]+)/i.exec(part)?.[1];
    return uri === undefined ? [] : [{ name: '', uri }];
  });
}

/** A display name without the backslashes of its quoting. */
function plainName(quoted: string): string {
  return quoted.replace(/\\(.)/gs, '$1').trim();
}

/** At commas that stand neither in quotes nor in brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let [from, isQuoted, depth] = [0, false, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted && letter === '\\') at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === '<') depth += 1;
    else if (!isQuoted && letter === '>') depth = Math.max(0, depth - 1);
    else if (!isQuoted && depth === 0 && letter === ',') {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
