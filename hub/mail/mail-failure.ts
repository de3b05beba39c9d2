/**
 * What went wrong with a mail, and whether trying again makes sense.
 *
 * Invariant: only what a server says about this address or this message is final (5xx after MAIL, RCPT or DATA); what it says about us, the network or
 * its own state is tried again. No sentence holds an address.
 */
import type { MailFailureCode } from '../../shared/protocol/mail-protocol.ts';

export interface MailFailure {
  code: MailFailureCode;
  /** The server's answer, if there was one. */
  status: number | null;
  isFinal: boolean;
}

/** What Node says of a certificate or a handshake; a closed or silent connection has another code. */
const untrusted = /CERT|SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO$/;
const refusedConnection = new Set(['ETLS', 'EREQUIRETLS']);

/** Of an error that the transport threw. @throws the error itself, when it is none of the transport's */
export function readFailure(error: unknown): MailFailure {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  const command = 'command' in error && typeof error.command === 'string' ? error.command : '';
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') return { code: 'sender-refused', status, isFinal: false };
  const original = 'originalCode' in error && typeof error.originalCode === 'string' ? error.originalCode : error.code;
  if (refusedConnection.has(error.code) || command === 'STARTTLS' || untrusted.test(original)) return { code: 'not-encrypted', status, isFinal: false };
  if (status !== null && status >= 500 && command === 'RCPT TO') return { code: 'address-refused', status, isFinal: true };
  if (status !== null && status >= 500 && command === 'DATA') return { code: 'message-refused', status, isFinal: true };
  if (status !== null && status >= 500 && command === 'MAIL FROM') return { code: 'sender-refused', status, isFinal: false };
  return status === null ? { code: 'server-unreachable', status, isFinal: false } : { code: 'server-busy', status, isFinal: false };
}

const sentences: Readonly<Record<MailFailureCode, string>> = {
  'not-allowed': 'It may not be sent as it was asked for: the case says why. Somebody asks the customer again, with the address read back.',
  'contact-stopped': 'Contact with this customer is stopped, so nothing was sent. When it goes on, the document is sent anew from the case.',
  'address-refused': 'The customer’s mail server refuses this address. Ask the customer for another one, or send the document by post.',
  'message-refused': 'The mail server refuses the message. Send the document by post, and tell the administrator.',
  'file-missing': 'The document has not arrived from the operator’s PC. It is sent as soon as it is here.',
  'no-sender': 'No mail is sent in this creditor’s name yet. An administrator sets the sender.',
  'gave-up': 'The mail could not be sent for three days. Ask the administrator about the mail server, then try again.',
  'sender-refused': 'The mail server refuses our account or our address. An administrator checks user and password.',
  'not-encrypted': 'The mail server offers no encrypted connection that we trust; nothing was sent. An administrator checks its certificate.',
  'server-unreachable': 'The mail server does not answer. The mail is tried again by itself.',
  'server-busy': 'The mail server asks to try later. The mail is tried again by itself.',
};

/** What to do, in words. */
export function failureSentence(code: MailFailureCode): string {
  return sentences[code];
}
