import { describe, expect, it } from 'vitest';
import { mailAddressSchema, mailFailureCodes, mailSenderSchema } from '../../shared/protocol/mail-protocol.ts';
import { composeMail } from './compose-mail.ts';
import { failureSentence, readFailure } from './mail-failure.ts';

const sender = { senderName: 'Aurora', senderAddress: 'rientri@aurora.example', host: 'smtp.aurora.example', port: 587, security: 'starttls', user: 'aurora', privateAuthority: null };

describe('a sender', () => {
  it('is encrypted, unless its server is on this machine', () => {
    const isTaken = (change: object): boolean => mailSenderSchema.safeParse({ ...sender, ...change }).success;
    expect([isTaken({}), isTaken({ security: 'tls' }), isTaken({ security: 'none' })]).toEqual([true, true, false]);
    for (const host of ['localhost', '127.0.0.1', '::1', 'LOCALHOST']) expect(isTaken({ security: 'none', host }), host).toBe(true);
    for (const host of ['127.0.0.1.example.com', 'localhost.example', '10.0.0.1', 'a b', '']) expect(isTaken({ security: 'none', host }), host).toBe(false);
  });

  it('and an address of anybody make no header of their own', () => {
    for (const address of ['a@b.it', 'mario.rossi+casa@posta.example.it', 'così@città.it']) expect(mailAddressSchema.safeParse(address).success, address).toBe(true);
    for (const address of ['', 'a', 'a@b', 'a@b.it, c@d.it', 'a@b.it\nBcc: c@d.it', '<a@b.it>', 'A <a@b.it>', 'a@b.it;c@d.it', 'a b@c.it', '"a"@b.it']) expect(mailAddressSchema.safeParse(address).success, address).toBe(false);
    expect(mailSenderSchema.safeParse({ ...sender, senderName: 'Aurora\r\nBcc: x@y.it' }).success).toBe(false);
  });
});

it('says nothing of a debt, in either language', () => {
  for (const language of ['it', 'en'] as const) {
    const { subject, text } = composeMail(sender, language);
    expect(`${subject} ${text}`).not.toMatch(/debit|debt|rat[ae]\b|instal|accordo|agree|pag|pay|fattur|invoice|€|euro|recuper|sollecit|remind/i);
    expect(subject).toContain('Aurora');
  }
});

describe('a failure', () => {
  const thrown = (code: string, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more });

  it('is final only where the server speaks of this address or this message', () => {
    const read = (code: string, responseCode?: number, command?: string): string => {
      const failure = readFailure(thrown(code, { ...(responseCode === undefined ? {} : { responseCode }), ...(command === undefined ? {} : { command }) }));
      return `${failure.code}${failure.isFinal ? ' final' : ''}`;
    };
    expect(read('EENVELOPE', 550, 'RCPT TO')).toBe('address-refused final');
    expect(read('EMESSAGE', 554, 'DATA')).toBe('message-refused final');
    expect(read('EENVELOPE', 450, 'RCPT TO')).toBe('server-busy');
    expect(read('EENVELOPE', 553, 'MAIL FROM')).toBe('sender-refused');
    expect(read('EAUTH', 535, 'AUTH PLAIN')).toBe('sender-refused');
    expect(read('ETLS')).toBe('not-encrypted');
    for (const originalCode of ['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
      expect(readFailure(thrown('ESOCKET', { originalCode })).code, originalCode).toBe('not-encrypted');
    }
    expect(readFailure(thrown('ESOCKET', { originalCode: 'ECONNREFUSED' })).code).toBe('server-unreachable');
    expect(read('ECONNECTION')).toBe('server-unreachable');
    expect(read('EPROTOCOL', 554, 'CONN')).toBe('server-busy');
  });

  it('of ours is thrown on', () => {
    expect(() => readFailure(new TypeError('a bug'))).toThrow('a bug');
    expect(() => readFailure('no error')).toThrow();
  });

  it('has a sentence each', () => {
    expect(new Set(mailFailureCodes.map(failureSentence)).size).toBe(mailFailureCodes.length);
  });
});
