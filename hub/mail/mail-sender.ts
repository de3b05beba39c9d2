/**
 * In whose name and over which server a creditor's mail goes.
 *
 * Invariants: one sender per creditor; its password is sealed with the hub's key, for that creditor and that server: whoever changes the server or
 * the user gives the password anew, so nobody is lured into sending it elsewhere.
 */
import { X509Certificate } from 'node:crypto';
import type { CreditorId } from '../../shared/id.ts';
import type { MailOverview, MailSender, MailSenderDraft } from '../../shared/protocol/mail-protocol.ts';
import { mailSenderSchema } from '../../shared/protocol/mail-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { MailSendersTable } from '../store/mail-tables.ts';
import type { Tx } from '../store/tables.ts';
import type { SetBy } from '../telephone/set-telephone.ts';
import { openSecret, sealSecret } from '../telephone/seal-secret.ts';

export interface OpenSender extends MailSender {
  /** Null: the server asks for no account. */
  password: string | null;
}

function purposeOf(creditorId: CreditorId, { host, port, user }: MailSender): string {
  return `mail:${creditorId}:${host.toLowerCase()}:${String(port)}:${user ?? ''}`;
}

export async function setMailSender(tx: Tx, by: SetBy, key: () => Buffer, creditorId: CreditorId, { sender, password }: MailSenderDraft): Promise<HubResult<null>> {
  const creditor = await tx.selectFrom('creditors').select('creditor_id').where('creditor_id', '=', creditorId).executeTakeFirst();
  if (creditor === undefined) return refuse(404, 'unknown-creditor', 'There is no such creditor.');
  if (sender.privateAuthority !== null && !isCertificate(sender.privateAuthority)) {
    return refuse(400, 'authority-unreadable', 'The private authority is no certificate in PEM form.', { field: 'privateAuthority' });
  }
  const sealed = sender.user === null ? null : password === null ? await keptPassword(tx, key, creditorId, sender) : sealSecret(key(), purposeOf(creditorId, sender), password);
  if (sealed === undefined) return refuse(400, 'mail-password-missing', 'A new account, or another server, needs its password.', { field: 'password' });
  const row = { body: JSON.stringify(sender), sealed_password: sealed, set_at: by.nowMs, set_by: by.userId };
  await tx.insertInto('mail_senders').values({ creditor_id: creditorId, ...row }).onConflict((oc) => oc.column('creditor_id').doUpdateSet(row)).execute();
  // What waited for a server that answers need not wait out its pause.
  await tx.updateTable('mail_outbox').set({ next_at: by.nowMs }).where('creditor_id', '=', creditorId).where('state', '=', 'queued').where('next_at', '>', by.nowMs).execute();
  return accept(null);
}

async function keptPassword(tx: Tx, key: () => Buffer, creditorId: CreditorId, sender: MailSender): Promise<string | undefined> {
  const before = await tx.selectFrom('mail_senders').select('sealed_password').where('creditor_id', '=', creditorId).executeTakeFirst();
  const sealed = before?.sealed_password ?? undefined;
  return sealed !== undefined && openSecret(key(), purposeOf(creditorId, sender), sealed) !== null ? sealed : undefined;
}

export async function removeMailSender(tx: Tx, creditorId: CreditorId): Promise<HubResult<null>> {
  const removed = await tx.deleteFrom('mail_senders').where('creditor_id', '=', creditorId).returning('creditor_id').executeTakeFirst();
  return removed === undefined ? refuse(404, 'no-mail-sender', 'No mail is sent in the name of this creditor.') : accept(null);
}

export async function readMailSenders(tx: Tx): Promise<MailOverview> {
  const rows = await tx.selectFrom('creditors').leftJoin('mail_senders', 'mail_senders.creditor_id', 'creditors.creditor_id')
    .select(['creditors.creditor_id', 'creditors.name', 'mail_senders.body']).orderBy('creditors.name').orderBy('creditors.creditor_id').execute();
  return { senders: rows.map((row) => ({ creditorId: row.creditor_id, creditorName: row.name, sender: row.body === null ? null : mailSenderSchema.parse(JSON.parse(row.body)) })) };
}

/** With its password; `unreadable`: sealed with another key. */
export function openSender(row: Pick<MailSendersTable, 'creditor_id' | 'body' | 'sealed_password'>, key: () => Buffer): OpenSender | 'unreadable' {
  const sender = mailSenderSchema.parse(JSON.parse(row.body));
  if (row.sealed_password === null) return { ...sender, password: null };
  const password = openSecret(key(), purposeOf(row.creditor_id, sender), row.sealed_password);
  return password === null ? 'unreadable' : { ...sender, password };
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
