/** The invoices that a promise is about; none ticked = the oldest first. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { idsOfText } from './outcome-form.ts';

export function InvoiceTicks({ screen, ids, onChange }: { screen: CaseScreen; ids: string; onChange: (ids: string) => void }): ReactNode {
  const { t, format } = useWords();
  const asked = screen.invoices.filter(({ claimableCents }) => claimableCents > 0);
  const ticked = idsOfText(ids);
  if (asked.length < 2) return null;
  return (
    <details className="invoice-ticks" open={ticked.length > 0 ? true : undefined}>
      <summary>{ticked.length === 0 ? t('promise.invoicesOldest') : t('promise.invoicesChosen', { count: ticked.length })}</summary>
      {asked.map(({ invoiceId, number, claimableCents, currency, dueDate }) => (
        <Check
          key={invoiceId} label={`${number} · ${format.money(claimableCents, currency)} · ${format.shortDate(dueDate)}`} checked={ticked.includes(invoiceId)}
          onChange={(isTicked) => { onChange((isTicked ? [...ticked, invoiceId] : ticked.filter((id) => id !== invoiceId)).join(' ')); }}
        />
      ))}
    </details>
  );
}
