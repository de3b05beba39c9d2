/**
 * One mail to one server, over nodemailer.
 *
 * Invariants: encrypted, with a certificate that is checked, unless the sender says `none`, which is possible on this machine only; nothing but the bytes
 * given here is read from disk or network; the same Message-ID and date however often it is sent.
 */
import nodemailer from 'nodemailer';
import type { MailFailure } from './mail-failure.ts';
import { readFailure } from './mail-failure.ts';
import type { OpenSender } from './mail-sender.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 60_000;

export interface Letter {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  /** When it was written. */
  atMs: number;
  language: string;
  file: { fileName: string; mediaType: string; bytes: Buffer };
}

/** Null: the server has taken it. */
export async function deliverMail(sender: OpenSender, { messageId, to, subject, text, atMs, language, file }: Letter): Promise<MailFailure | null> {
  const transport = nodemailer.createTransport({
    host: sender.host, port: sender.port, secure: sender.security === 'tls', requireTLS: sender.security === 'starttls', ignoreTLS: sender.security === 'none',
    ...(sender.user === null ? {} : { auth: { user: sender.user, pass: sender.password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(sender.privateAuthority === null ? {} : { ca: sender.privateAuthority }) },
    connectionTimeout: CONNECT_TIMEOUT_MS, greetingTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS, disableFileAccess: true, disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      messageId, subject, text, date: new Date(atMs), from: { name: sender.senderName, address: sender.senderAddress }, to: { name: '', address: to },
      headers: { 'Content-Language': language }, attachments: [{ filename: file.fileName, contentType: file.mediaType, content: file.bytes }],
    });
    return null;
  } catch (error) {
    return readFailure(error);
  } finally {
    transport.close();
  }
}
