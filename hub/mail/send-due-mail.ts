/**
 * Sends what waits in the outbox.
 *
 *   queued ──due, file and sender there──▶ claimed ──server took it──▶ sent
 *      ▲                                     │  └─ refused for good, or tried too often ─▶ failed ──a lead tries again──▶ queued
 *      └── pause, ever longer ◀── not now ───┘
 *
 * Invariants: at least once. A hub that ends between the server's yes and its own mark sends the mail once more when the claim is over, with the same
 * Message-ID and date, by which mail programs know it again; nothing shorter than that can be promised over SMTP. A claim is one process's; the network is
 * never waited for inside a transaction.
 */
import type { ReadStream } from 'node:fs';
import { documentLanguages } from '../../shared/documents/letterhead.ts';
import type { Clock } from '../../shared/time.ts';
import type { BlobFolder } from '../attachments/blob-folder.ts';
import { findAttachment } from '../attachments/find-attachment.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { MailOutboxTable } from '../store/mail-tables.ts';
import type { Tx } from '../store/tables.ts';
import { findMailStop } from '../../shared/case/find-mail-lock.ts';
import { foldOnce } from '../facts/fold-once.ts';
import { loadCase, lockCases } from '../receivables/load-case.ts';
import { SITE_ZONE } from '../site-zone.ts';
import { contactPolicyOf } from './contact-policy-of.ts';
import { showInCase } from './show-in-case.ts';
import { composeMail } from './compose-mail.ts';
import type { Letter } from './deliver-mail.ts';
import { deliverMail } from './deliver-mail.ts';
import type { MailFailure } from './mail-failure.ts';
import type { OpenSender } from './mail-sender.ts';
import { openSender } from './mail-sender.ts';

/** Longer than a delivery can take. */
export const CLAIM_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** About three days. */
export const MOST_ATTEMPTS = 20;
const MAILS_PER_TURN = 20;

export interface MailHub {
  store: HubStore;
  clock: Clock;
  blobs: BlobFolder;
  key: () => Buffer;
}

/** One look at the outbox, until it is empty or `isEnding`; answers how many mails a server took. */
export async function sendDueMail(hub: MailHub, isEnding: () => boolean = () => false): Promise<number> {
  let sent = 0;
  for (const { mail_id: mailId } of await hub.store.read((tx) => findDue(tx, hub.clock.nowMs()))) {
    if (isEnding()) break;
    if (await sendOne(hub, mailId)) sent += 1;
  }
  return sent;
}

function findDue(tx: Tx, nowMs: number): Promise<{ mail_id: string }[]> {
  return tx.selectFrom('mail_outbox')
    .innerJoin('mail_senders', 'mail_senders.creditor_id', 'mail_outbox.creditor_id')
    .innerJoin('attachments', 'attachments.fact_id', 'mail_outbox.attachment_fact_id')
    .select('mail_outbox.mail_id').where('state', '=', 'queued').where('next_at', '<=', nowMs).where('attachments.stored_at', 'is not', null)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', nowMs)]))
    .orderBy('next_at').orderBy('mail_outbox.mail_id').limit(MAILS_PER_TURN).execute();
}

interface Claim { mail: MailOutboxTable; sender: OpenSender | 'unreadable'; file: { fileName: string; mediaType: string; sizeBytes: number } }

async function sendOne(hub: MailHub, mailId: string): Promise<boolean> {
  const claim = await hub.store.write((tx) => claimMail(tx, hub, mailId));
  if (claim === null) return false;
  const { mail, sender, file } = claim;
  const bytes = await readFile(hub.blobs, mail);
  if (bytes === null) {
    // Its desk sends it again (ADR 0012); no attempt was made.
    await settle(hub, mail, { claimed_until: null, next_at: hub.clock.nowMs() + FIRST_PAUSE_MS });
    return false;
  }
  const failure: MailFailure | null = sender === 'unreadable'
    ? { code: 'sender-refused', status: null, isFinal: false }
    : await deliverMail(sender, letterOf(mail, sender, { ...file, bytes }));
  const nowMs = hub.clock.nowMs();
  const attempts = mail.attempts + 1;
  if (failure === null) await settle(hub, mail, { state: 'sent', attempts, sent_at: nowMs, claimed_until: null, failure_code: null, failure_status: null });
  else if (failure.isFinal) await settle(hub, mail, { state: 'failed', attempts, claimed_until: null, failure_code: failure.code, failure_status: failure.status });
  else if (attempts >= MOST_ATTEMPTS) await settle(hub, mail, { state: 'failed', attempts, claimed_until: null, failure_code: 'gave-up', failure_status: failure.status });
  else {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** mail.attempts, LONGEST_PAUSE_MS);
    await settle(hub, mail, { attempts, next_at: nowMs + pauseMs, claimed_until: null, failure_code: failure.code, failure_status: failure.status });
  }
  return failure === null;
}

/** Null: another process has it, or the person was erased meanwhile. */
async function claimMail(tx: Tx, { clock, key }: MailHub, mailId: string): Promise<Claim | null> {
  const nowMs = clock.nowMs();
  const due = await tx.selectFrom('mail_outbox').select('case_id').where('mail_id', '=', mailId).executeTakeFirst();
  if (due === undefined) return null;
  await lockCases(tx, [due.case_id]);
  const mail = await tx.updateTable('mail_outbox').set({ claimed_until: nowMs + CLAIM_MS }).where('mail_id', '=', mailId).where('state', '=', 'queued')
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', nowMs)])).returningAll().executeTakeFirst();
  if (mail === undefined) return null;
  const sender = await tx.selectFrom('mail_senders').selectAll().where('creditor_id', '=', mail.creditor_id).executeTakeFirst();
  const attachment = await findAttachment(tx, mail.attachment_fact_id);
  const body = attachment?.body ?? null;
  const locked = attachment !== null && attachment.caseId !== mail.case_id ? 'not-allowed' : await isStopped(tx, mail, nowMs) ? 'contact-stopped' : null;
  if (locked !== null) {
    await tx.updateTable('mail_outbox').set({ state: 'failed', claimed_until: null, failure_code: locked, failure_status: null }).where('mail_id', '=', mailId).execute();
    await showInCase(tx, mail, nowMs);
    return null;
  }
  // A recording is no letter.
  if (sender === undefined || attachment === null || body?.mediaType == null) {
    await tx.updateTable('mail_outbox').set({ claimed_until: null, next_at: nowMs + FIRST_PAUSE_MS }).where('mail_id', '=', mailId).execute();
    return null;
  }
  return { mail, sender: openSender(sender, key), file: { ...body, mediaType: body.mediaType } };
}

function letterOf(mail: MailOutboxTable, sender: OpenSender, file: Letter['file']): Letter {
  const language = documentLanguages.find((one) => one === mail.language) ?? 'it';
  return { ...composeMail(sender, language), messageId: mail.message_id, to: mail.to_address, atMs: mail.queued_at, language, file };
}

/** A lead may have stopped contact, or somebody speaks for the customer, since it was asked for. */
async function isStopped(tx: Tx, mail: MailOutboxTable, nowMs: number): Promise<boolean> {
  const loaded = await loadCase(tx, mail.case_id);
  if (loaded === null) return false;
  const { entity } = loaded;
  const folded = foldOnce(entity);
  const partyId = folded.mails.find(({ factId }) => factId === mail.cause_fact_id)?.partyId ?? null;
  return findMailStop({ entity, folded, policy: await contactPolicyOf(tx, entity), nowMs, zone: SITE_ZONE }, partyId) !== null;
}

/** Only while the claim is ours. What the case shows of it comes to its operator. */
async function settle({ store, clock }: MailHub, mail: MailOutboxTable, change: Partial<MailOutboxTable>): Promise<void> {
  await store.write(async (tx) => {
    // The case before the mail, as a push and an erasure do.
    await lockCases(tx, [mail.case_id]);
    const done = await tx.updateTable('mail_outbox').set(change).where('mail_id', '=', mail.mail_id).where('claimed_until', '=', mail.claimed_until).returning(['state', 'failure_code']).executeTakeFirst();
    if (done !== undefined && (done.state !== mail.state || done.failure_code !== mail.failure_code)) await showInCase(tx, mail, clock.nowMs());
  });
}

async function readFile(blobs: BlobFolder, { attachment_fact_id: factId }: MailOutboxTable): Promise<Buffer | null> {
  const held = await blobs.read(factId);
  return held === null ? null : collect(held.stream);
}

async function collect(stream: ReadStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
