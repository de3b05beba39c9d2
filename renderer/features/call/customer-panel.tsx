/** Left: who is who, why now, what is open, and everything that happened before. */
import { memo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentences } from '../../app/sentences.ts';
import { InvoiceList } from './invoice-list.tsx';
import { PeopleBlock } from './people-block.tsx';
import { Timeline } from './timeline.tsx';

export const CustomerPanel = memo(function CustomerPanel({ screen, scriptVersion }: { screen: CaseScreen; scriptVersion: string | null }): ReactNode {
  const { t } = useWords();
  const panel = useRef<HTMLElement>(null);
  const basedOn = { caseRevision: screen.revision, scriptVersion };
  return (
    <section ref={panel} className="panel panel-customer" aria-label={t('case.customerPanel')} tabIndex={0}>
      <CaseState screen={screen} />
      <PeopleBlock screen={screen} basedOn={basedOn} />
      <InvoiceList screen={screen} />
      <Timeline screen={screen} basedOn={basedOn} scroller={panel} />
    </section>
  );
});

/** What decides whether and how to go on: read first. */
function CaseState({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const { callback, promise, represented } = screen;
  const suspensions = screen.suspensions.filter(({ invoiceId }) => invoiceId === null);
  return (
    <div className="block case-state">
      <p className="why"><b>{t('case.whyNow')}:</b> {reasonSentences(screen.reasons, t, format).join(' · ')}</p>
      {represented === null ? null : (
        <p className="why why-broken"><b>{t('case.represented')}:</b> {represented.name}{represented.contact === '' ? '' : ` · ${represented.contact}`}</p>
      )}
      {suspensions.map((suspension) => (
        <p key={suspension.factId} className="why why-broken">
          <b>{t(suspension.kind === 'excluded' ? 'history.excluded' : 'history.suspended')}:</b> {suspension.reason}
          {suspension.until === null ? '' : ` · ${t('invoice.until', { date: format.date(suspension.until) })}`}
        </p>
      ))}
      {promise === null ? null : (
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
