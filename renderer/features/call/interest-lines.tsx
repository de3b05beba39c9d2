/** Interest as it is claimed, to be read aloud invoice by invoice: capital, days and rate of each part; and on paper. */
import type { ReactNode } from 'react';
import type { AgreementsView } from '../../../shared/contract/agreement-screen.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { speakInterest } from '../../../shared/documents/speak-interest.ts';
import { useWords } from '../../app/i18n.ts';
import type { BasedOn } from './inline-forms.tsx';
import { PrintButton } from './print-button.tsx';

interface Props { screen: CaseScreen; basedOn: BasedOn; interest: NonNullable<AgreementsView['interest']>; numberOf: (invoiceId: string) => string }

export function InterestLines({ screen: { caseId, currency }, basedOn, interest, numberOf }: Props): ReactNode {
  const { t, format, locale } = useWords();
  if (interest.refusedOn !== null) return <p className="note">{t('agreements.rateUnknown', { date: format.date(interest.refusedOn) })}</p>;
  if (interest.invoices.length === 0) return null;
  const lumpSumCents = interest.lumpSumCents / interest.invoices.length;
  return (
    <details className="interest-lines">
      <summary>
        {t(`agreements.interestOf.${interest.kind}`, { amount: format.money(interest.totalCents, currency) })}
        {interest.lumpSumCents === 0 ? '' : ` · ${t('agreements.lumpSum', { amount: format.money(interest.lumpSumCents, currency) })}`}
      </summary>
      {interest.invoices.map(({ invoiceId, totalCents, lines }) => (
        <div key={invoiceId}>
          <p><b>{numberOf(invoiceId)}</b> · {format.money(totalCents, currency)}</p>
          <p className="say interest-say"><span className="sr-only">{t('plan.sayThis')}</span>{speakInterest({ parts: lines, interestCents: totalCents, lumpSumCents, totalCents: totalCents + lumpSumCents }, currency, locale)}</p>
          <ul>
            {lines.map(({ from, to, days, basisPoints, capitalCents, interestCents }) => (
              <li key={from} className="num">{t('agreements.interestLine', {
                capital: format.money(capitalCents, currency), rate: format.rate(basisPoints), count: days, from: format.date(from), to: format.date(to), amount: format.money(interestCents, currency),
              })}</li>
            ))}
          </ul>
        </div>
      ))}
      <PrintButton caseId={caseId} basedOn={basedOn} source={{ from: 'interest', language: locale }} label={t('agreements.printInterest')} mail={{ wish: { kind: 'interest' }, label: t('mail.sendInterest') }} />
    </details>
  );
}
