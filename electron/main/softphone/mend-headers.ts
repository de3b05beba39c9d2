/**
 * What carriers write and the SIP parser refuses whole, made readable before it comes there.
 *
 * Invariants: only the head of a message is touched, and nothing that dialogs and transactions are matched by (tags, branches, Call-ID,
 * CSeq); a number of a `tel:` address stands in a `sip:` one afterwards (RFC 3261 §19.1.6), of a host that nobody can be reached at.
 */
const addressHeaders = /^(?:from|f|to|t|p-asserted-identity)[ \t]*:/i;
/** Of RFC 3966: the number, its separators taken out later; parameters are left behind. */
const inBrackets = /<tel:([+0-9A-Fa-f*#().-]{1,60})(?:;[^<>]*)?>/gi;
const bare = /^([^:]*:[ \t]*)tel:([+0-9A-Fa-f*#().-]{1,60})/i;
/** All controls but the tab and the line's end. */
const controls = /(?![\t\r\n])\p{Cc}/gu;

/** The message with a head that can be read. */
export function mendHeaders(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return text;
  const head = text.slice(0, end).replace(controls, ' ');
  const lines = /tel:/i.test(head) ? head.split('\r\n').map((line) => (addressHeaders.test(line) ? asSip(line) : line)) : [head];
  return lines.join('\r\n') + text.slice(end);
}

function asSip(line: string): string {
  return line.replace(inBrackets, (_whole, number: string) => `<${sipAddress(number)}>`).replace(bare, (_whole, name: string, number: string) => `${name}<${sipAddress(number)}>`);
}

function sipAddress(number: string): string {
  return `sip:${number.replace(/[().-]/g, '')}@tel.invalid;user=phone`;
}
