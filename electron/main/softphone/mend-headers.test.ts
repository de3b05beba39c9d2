import { describe, expect, it } from 'vitest';
import { mendHeaders } from './mend-headers.ts';

const mendLine = (line: string): string => mendHeaders(`INVITE sip:b@x SIP/2.0\r\n${line}\r\n\r\nbody`).split('\r\n')[1] ?? '';

describe('a head that the parser would refuse', () => {
  it.each([
    ['From: "Mario" <tel:+39-06-12345678>;tag=1', 'From: "Mario" <sip:+390612345678@tel.invalid;user=phone>;tag=1'],
    ['f: tel:+390612345678;tag=1', 'f: <sip:+390612345678@tel.invalid;user=phone>;tag=1'],
    ['To: <tel:1001;phone-context=example.com>', 'To: <sip:1001@tel.invalid;user=phone>'],
    ['P-Asserted-Identity: <sip:+39061@x>, <TEL:+39062>', 'P-Asserted-Identity: <sip:+39061@x>, <sip:+39062@tel.invalid;user=phone>'],
    ['From: "A\u0000\u0007B" <sip:a@x>;tag=1', 'From: "A  B" <sip:a@x>;tag=1'],
    ['Subject: call <tel:+39061>', 'Subject: call <tel:+39061>'],
    ['From: "tel:+39061" <sip:a@x>;tag=1', 'From: "tel:+39061" <sip:a@x>;tag=1'],
    ['From: <tel:<script>>;tag=1', 'From: <tel:<script>>;tag=1'],
  ])('%j becomes %j', (line, mended) => {
    expect(mendLine(line)).toBe(mended);
  });

  it('leaves the body, and what has no end of a head', () => {
    expect(mendHeaders('A: b\r\n\r\n\u0000From: <tel:+39061>')).toBe('A: b\r\n\r\n\u0000From: <tel:+39061>');
    expect(mendHeaders('From: <tel:+39061>')).toBe('From: <tel:+39061>');
  });
});
