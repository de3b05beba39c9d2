/** How a mail stands: waiting here or at the hub, gone, or why not and what to do. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { mailFailureCodes } from '../../../shared/protocol/mail-protocol.ts';
import { useWords } from '../../app/i18n.ts';
import { useCall } from './call-store.ts';
import type { MailWish } from './call-store.ts';
import type { TimelineEntry } from './timeline-filter.ts';

export function MailState({ screen, entry }: { screen: CaseScreen; entry: Extract<TimelineEntry, { kind: 'mail' }> }): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  // A lead only reads.
  const isMine = useCall((store) => store.caseId === screen.caseId);
  if (!entry.sent) return null;
  const { attachmentFactId, what } = entry.mail;
  const numbers = screen.invoices.filter(({ invoiceId }) => entry.mail.invoiceIds.includes(invoiceId)).map(({ number }) => number).join(', ');
  const wish: MailWish = attachmentFactId === null || what === 'invoice-copy' ? { kind: 'invoice-copy' } : { kind: 'file', factId: attachmentFactId };
  const again = (label: string): ReactNode => isMine && <Button className="quiet" onClick={() => { setInline({ kind: 'mail', what: wish }); }}>{label}</Button>;
  if (attachmentFactId === null) return <><span className="unsent">{t('mail.copyAsked', { numbers })}</span> {again(t('mail.sendCopy'))}</>;
  const mail = screen.mails.find(({ causeFactId }) => causeFactId === entry.factId);
  if (mail === undefined) return <span className="unsent">{t('mail.queued')}</span>;
  const code = mailFailureCodes.find((known) => known === mail.code) ?? null;
  switch (mail.state) {
    case 'queued': return <span className="unsent">{code === null ? t('mail.queued') : t('mail.queuedBecause', { why: t(`mail.failure.${code}`) })}</span>;
    case 'sent': return <span>{t('mail.sent', { at: format.past(mail.at) })}</span>;
    case 'failed': return <><span className="mail-failed" role="status">{t('mail.failed', { why: code === null ? t('mail.failureOther') : t(`mail.failure.${code}`) })}</span> {again(t('mail.again'))}</>;
  }
}
