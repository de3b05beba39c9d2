/** Left: the customer, the numbers, what is open, why now, and what happened before. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentences } from '../../app/sentences.ts';
import { HistoryList } from './history-list.tsx';
import { InvoiceList } from './invoice-list.tsx';

export function CustomerPanel({ screen, scriptVersion }: { screen: CaseScreen; scriptVersion: string | null }): ReactNode {
  const { t, format } = useWords();
  const { customer, callback, promise } = screen;
  return (
    <section className="panel panel-customer" aria-label={t('case.customerPanel')} tabIndex={0}>
      <div className="block">
        <h2>{t('case.customer')}</h2>
        <dl className="facts">
          <dt>{t('fact.kind')}</dt><dd>{t(`kind.${customer.kind}`)} · {customer.code}</dd>
          <dt>{t('fact.phone')}</dt>
          <dd>
            {screen.numbers.length === 0 ? t('fact.noPhone') : screen.numbers.map((number) => (
              <span key={number.numberId} className={number.usable ? 'number' : 'number number-out'}>
                {number.raw} <span className="dim">{number.usable ? t(`numberKind.${number.kind}`) : t('fact.numberUnusable')}</span>
              </span>
            ))}
          </dd>
          {customer.email === null ? null : <><dt>{t('fact.email')}</dt><dd>{customer.email}</dd></>}
          {customer.address === null ? null : <><dt>{t('fact.address')}</dt><dd>{customer.address}</dd></>}
          {customer.taxCode === null ? null : <><dt>{t('fact.taxCode')}</dt><dd>{customer.taxCode}</dd></>}
          {customer.language === null ? null : <><dt>{t('fact.language')}</dt><dd>{languageName(customer.language, format.locale)}</dd></>}
          {customer.salesAgent === null ? null : <><dt>{t('fact.salesAgent')}</dt><dd>{customer.salesAgent}</dd></>}
        </dl>
      </div>
      <p className="why"><b>{t('case.whyNow')}:</b> {reasonSentences(screen.reasons, t, format).join(' · ')}</p>
      {promise === null ? null : (
        <p className={`why why-${promise.state}`}>
          <b>{t(`promiseState.${promise.state}`)}:</b> {t('history.promise', { amount: format.money(promise.amountCents, promise.currency), date: format.date(promise.dueOn) })} · {t(`method.${promise.method}`)}
        </p>
      )}
      {callback === null ? null : (
        <p className="why"><b>{t('tone.callback')}:</b> {format.moment(callback.at, callback.zone)} · {t(`audience.${callback.audience}`)}{callback.note === null ? '' : ` · ${callback.note}`}</p>
      )}
      <InvoiceList screen={screen} />
      <HistoryList screen={screen} scriptVersion={scriptVersion} />
    </section>
  );
}

function languageName(code: string, locale: string): string {
  if (!/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(code)) return code;
  return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
}
