/** What is open: the total, how old it is, and each invoice with its days and its disputed part. */
import type { ReactNode } from 'react';
import { ageingSchema } from '../../../shared/contract/screens.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { dueSentence } from '../../app/sentences.ts';

const buckets = ageingSchema.keyType.options;

export function InvoiceList({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const { currency } = screen;
  const money = (cents: number): string => format.money(cents, currency);
  const split = [
    { id: 'overdue', cents: screen.overdueCents }, { id: 'notYetDue', cents: screen.notYetDueCents }, { id: 'disputed', cents: screen.disputedCents },
  ].filter((part) => part.cents !== 0);
  return (
    <div className="block">
      <div className="block-head"><h2>{t('case.openInvoices')}</h2><b className="total">{money(screen.openCents)}</b></div>
      <AgeingBar screen={screen} />
      <p className="split">
        {split.map((part) => <span key={part.id}>{t(`amount.${part.id}`)} <b>{money(part.cents)}</b></span>)}
        {screen.claimableCents === screen.openCents ? null : <span>{t('amount.claimable')} <b>{money(screen.claimableCents)}</b></span>}
      </p>
      {screen.invoices.length === 0 ? <p className="dim">{t('case.noInvoices')}</p> : (
        <ul className="invoices">
          {screen.invoices.map((invoice) => (
            <li key={invoice.invoiceId}>
              <span className="invoice-number">
                {invoice.number}
                {invoice.residualCents < 0 ? <span className="tag">{t('invoice.credit')}</span> : null}
                {invoice.disputedCents > 0 ? <span className="tag tag-callback">{t('invoice.disputed', { amount: money(invoice.disputedCents) })}</span> : null}
              </span>
              <b className="num">{format.money(invoice.residualCents, invoice.currency)}</b>
              <span className={invoice.daysLate > 0 && invoice.residualCents > 0 ? 'invoice-due late' : 'invoice-due'}>
                {invoice.residualCents < 0 ? t('invoice.creditOf', { date: format.date(invoice.issueDate) }) : dueSentence(invoice.dueDate, invoice.daysLate, t, format)}
              </span>
              {invoice.residualCents === invoice.amountCents ? null : <span className="num dim invoice-of">{t('invoice.of', { amount: format.money(invoice.amountCents, invoice.currency) })}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One bar, as long as the balance: older is further right and stronger. */
function AgeingBar({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const parts = buckets.map((bucket) => ({ bucket, cents: screen.ageing[bucket] })).filter((part) => part.cents > 0);
  if (parts.length === 0) return null;
  const label = parts.map((part) => `${t(`bucket.${part.bucket}`)} ${format.money(part.cents, screen.currency)}`).join(', ');
  return (
    <div className="ageing" role="img" aria-label={t('case.ageing', { parts: label })} title={label}>
      {parts.map((part) => <i key={part.bucket} className={`age-${part.bucket}`} style={{ flexGrow: part.cents }} />)}
    </div>
  );
}
