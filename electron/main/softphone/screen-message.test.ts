import { describe, expect, it } from 'vitest';
import { screenMessage } from './screen-message.ts';

const headers = 'Via: SIP/2.0/WS x;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\n';
const options = `OPTIONS sip:b@x SIP/2.0\r\n${headers}CSeq: 1 OPTIONS\r\n\r\n`;

describe('the door in front of the parser', () => {
  it('lets a request and a response through as they are', () => {
    expect(screenMessage(options)).toEqual({ kind: 'pass', text: options });
    const response = `SIP/2.0 200 OK\r\n${headers}CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;
    expect(screenMessage(response)).toEqual({ kind: 'pass', text: response });
  });

  it('cuts what follows the body, in bytes', () => {
    const screened = screenMessage(`MESSAGE sip:b@x SIP/2.0\r\n${headers}CSeq: 1 MESSAGE\r\nl: 3\r\n\r\nèa and more`);
    expect(screened).toMatchObject({ kind: 'pass' });
    expect(screened.kind === 'pass' && screened.text.endsWith('\r\n\r\nèa')).toBe(true);
  });

  it.each([
    ['a scheme we do not know', options.replace('sip:b@x', 'tel:+39061234'), '416 '],
    ['another version', options.replace('SIP/2.0\r\nVia', 'SIP/7.0\r\nVia'), '505 '],
    ['a method in CSeq that is another', options.replace('1 OPTIONS', '1 INVITE'), '400 '],
    ['an extension that is required', options.replace('\r\n\r\n', '\r\nRequire: magic\r\n\r\n'), '420 '],
    ['a method that nobody knows', options.replace(/OPTIONS/g, 'DANCE'), '501 '],
    ['a body shorter than it says', options.replace('\r\n\r\n', '\r\nContent-Length: 9\r\n\r\n'), '400 '],
    ['two From', options.replace('\r\n\r\n', '\r\nf: <sip:z@x>;tag=2\r\n\r\n'), '400 '],
  ])('answers %s', (_what, text, status) => {
    const screened = screenMessage(text);
    expect(screened).toMatchObject({ kind: 'answer' });
    if (screened.kind === 'answer') {
      expect(screened.text.startsWith(`SIP/2.0 ${status}`)).toBe(true);
      expect(screened.text).toContain('Via: SIP/2.0/WS x;branch=z9hG4bK1\r\n');
      // What we answer, we would take ourselves.
      expect(screenMessage(screened.text).kind).toBe(/CSeq: \d+ \w+\r/.test(screened.text) ? 'pass' : 'drop');
    }
  });

  it('never answers an ACK, and drops what names nobody', () => {
    expect(screenMessage(options.replace(/OPTIONS/g, 'ACK').replace('1 ACK', '1 INVITE')).kind).toBe('drop');
    expect(screenMessage('OPTIONS sip:b@x SIP/2.0\r\n\r\n').kind).toBe('drop');
    expect(screenMessage('').kind).toBe('drop');
    expect(screenMessage('x'.repeat(70_000)).kind).toBe('drop');
  });
});
