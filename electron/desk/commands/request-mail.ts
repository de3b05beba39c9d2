import { findMailLock, identifiedCall } from '../../../shared/case/find-mail-lock.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { MailRequestedBody } from '../../../shared/facts/mail-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { mailCaseOf } from '../queries/show-mail.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';

/**
 * What a customer wants by mail, as they said it on the telephone; the hub sends it when it has the fact and the file. Offline too.
 * Errors: `mail-locked` with the `lock`, `mail-not-agreed`, `mail-file-missing`, `mail-invoice-missing`.
 */
export function requestMail(session: Session, input: CommandRequest<'request-mail'>): Result<CommandOutput<'request-mail'>> {
  const { what, attachmentFactId, partyId, readBack, agreed, language } = input;
  const to = input.to.trim();
  return commitCaseFact(session, 'request-mail', 'mail-requested', input, (held) => {
    const { entity, view } = held;
    const mail = mailCaseOf(session, held);
    const lock = findMailLock(mail, { to, partyId, readBack });
    if (lock !== null) return fail('mail-locked', `error.mailLock.${lock}`, { lock, ...(lock === 'not-read-back' ? { field: 'readBack' } : { field: 'to' }) });
    const call = identifiedCall(mail);
    if (call === null) throw new Error('mailed without a call');
    if (!agreed) return fail('mail-not-agreed', 'error.mailNotAgreed', { field: 'agreed' });
    const isHeld = view.folded.history.some((entry) => entry.kind === 'attachment' && entry.factId === attachmentFactId);
    if (attachmentFactId !== null ? !isHeld : what !== 'invoice-copy') return fail('mail-file-missing', 'error.mailFileMissing', { field: 'what' });
    const invoiceIds = what === 'invoice-copy' ? input.invoiceIds.filter((id) => entity.invoices.some(({ invoiceId }) => invoiceId === id)) : [];
    if (what === 'invoice-copy' && invoiceIds.length === 0) return fail('mail-invoice-missing', 'error.mailInvoiceMissing', { field: 'invoices' });
    const body: MailRequestedBody = { what, attachmentFactId, invoiceIds, to, partyId, readBack, agreed: true, language };
    return ok({ body, said: {}, contact: { callId: call.callId, policyVersion: null } });
  });
}
