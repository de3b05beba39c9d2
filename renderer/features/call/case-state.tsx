/** What stands about a case: why it is in front, what stops it, what was promised. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentences } from '../../app/sentences.ts';

/** What decides whether and how to go on: read first. Why it is in front is asked before a call; during one, the call itself would be the answer. @param withoutPromise it stands among the agreements */
export function CaseState({ screen, inCall, withoutPromise = false }: { screen: CaseScreen; inCall: boolean; withoutPromise?: boolean }): ReactNode {
  const { t, format } = useWords();
  const { callback, promise, represented } = screen;
  const suspensions = screen.suspensions.filter(({ invoiceId }) => invoiceId === null);
  return (
    <div className="block case-state">
      {inCall ? null : <p className="why"><b>{t('case.whyNow')}:</b> {reasonSentences(screen.reasons, t, format).join(' · ')}</p>}
      {represented === null ? null : (
        <p className="why why-broken"><b>{t('case.represented')}:</b> {represented.name}{represented.contact === '' ? '' : ` · ${represented.contact}`}</p>
      )}
      {suspensions.map((suspension) => (
        <p key={suspension.factId} className="why why-broken">
          <b>{t(suspension.kind === 'excluded' ? 'history.excluded' : 'history.suspended')}:</b> {suspension.reason}
          {suspension.until === null ? '' : ` · ${t('invoice.until', { date: format.date(suspension.until) })}`}
        </p>
      ))}
      {promise === null || withoutPromise ? null : (
        <p className={`why why-${promise.state}`}>
          <b>{t(`promiseState.${promise.state}`)}:</b> {t('history.promise', { amount: format.money(promise.amountCents, promise.currency), date: format.date(promise.dueOn) })} · {t(`method.${promise.method}`)}
        </p>
      )}
      {callback === null ? null : (
        <p className="why"><b>{t('tone.callback')}:</b> {format.moment(callback.at, callback.zone)} · {t(`audience.${callback.audience}`)}{callback.note === null ? '' : ` · ${callback.note}`}</p>
      )}
    </div>
  );
}
