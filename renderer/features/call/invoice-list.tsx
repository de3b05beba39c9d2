/** What is open: what to ask for, how old it is, and each invoice with its days, its disputed part and what was paid of it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ageingSchema } from '../../../shared/contract/screens.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { dueSentence } from '../../app/sentences.ts';

const buckets = ageingSchema.keyType.options;
/** More than these are folded: the oldest are what the call is about. */
const SHOWN_AT_FIRST = 4;

type Invoice = CaseScreen['invoices'][number];

export function InvoiceList({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const [showsAll, setShowsAll] = useState(false);
  const { invoices } = screen;
  const money = (cents: number): string => format.money(cents, screen.currency);
  const claimable = invoices.filter((invoice) => invoice.claimableCents > 0).length;
  const split = [
    { id: 'overdue', cents: screen.overdueCents }, { id: 'notYetDue', cents: screen.notYetDueCents }, { id: 'disputed', cents: screen.disputedCents },
  ].filter((part) => part.cents !== 0);
  const hidden = invoices.length - SHOWN_AT_FIRST;
  const isFolded = hidden > 1 && !showsAll;
  return (
    <div className="block">
      <div className="block-head"><h2>{t('case.openInvoices')}</h2><b className="total">{money(screen.openCents)}</b></div>
      <AgeingBar screen={screen} />
      <p className="split">
        {split.map((part) => <span key={part.id}>{t(`amount.${part.id}`)} <b>{money(part.cents)}</b></span>)}
        {screen.claimableCents === screen.openCents ? null : <span className="split-ask">{t('amount.claimable')} <b>{money(screen.claimableCents)}</b></span>}
        {claimable < 2 ? null : <span>{t('invoice.oneContact', { count: claimable })}</span>}
      </p>
      {invoices.length === 0 ? <p className="dim">{t('case.noInvoices')}</p> : (
        <ul className="invoices" id="case-invoices">
          {(isFolded ? invoices.slice(0, SHOWN_AT_FIRST) : invoices).map((invoice) => <InvoiceRow key={invoice.invoiceId} invoice={invoice} />)}
        </ul>
      )}
      {hidden > 1 ? (
        <Button className="quiet fold-button" aria-expanded={showsAll} aria-controls="case-invoices" onClick={() => { setShowsAll(!showsAll); }}>
          {showsAll ? t('invoice.showFewer') : t('invoice.showAll', { count: hidden })}
        </Button>
      ) : null}
    </div>
  );
}

function InvoiceRow({ invoice }: { invoice: Invoice }): ReactNode {
  const { t, format } = useWords();
  const { residualCents, amountCents, disputedCents, suspended, currency } = invoice;
  const money = (cents: number): string => format.money(cents, currency);
  const isCredit = residualCents < 0;
  return (
    <li>
      <span className="invoice-number">
        {invoice.number}
        {isCredit ? <span className="tag">{t('invoice.credit')}</span> : null}
        {disputedCents > 0 ? <span className="tag tag-callback">{disputedCents === residualCents ? t('invoice.disputedWhole') : t('invoice.disputed', { amount: money(disputedCents) })}</span> : null}
        {suspended === null ? null : <span className="tag tag-reminder">{t('invoice.suspended')}</span>}
      </span>
      <b className="num">{money(residualCents)}</b>
      <span className={invoice.daysLate > 0 && !isCredit ? 'invoice-due late' : 'invoice-due'}>
        {isCredit ? t('invoice.creditOf', { date: format.date(invoice.issueDate) }) : dueSentence(invoice.dueDate, invoice.daysLate, t, format)}
      </span>
      {residualCents === amountCents ? null : <span className="num dim invoice-of">{t('invoice.paidOf', { paid: money(amountCents - residualCents), amount: money(amountCents) })}</span>}
      {invoice.missingSince === null ? null : <span className="dim invoice-why">{t('invoice.missingSince', { date: format.date(invoice.missingSince) })}</span>}
      {suspended === null ? null : (
        <span className="dim invoice-why">{suspended.until === null ? suspended.reason : `${suspended.reason} · ${t('invoice.until', { date: format.date(suspended.until) })}`}</span>
      )}
    </li>
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
