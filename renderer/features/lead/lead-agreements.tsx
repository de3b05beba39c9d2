/** What a lead may decide about what was agreed: settlements that wait, disputes, a plan that was missed too often, payments. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { LeadCaseScreen } from '../../../shared/contract/lead-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { BreakPlanForm } from './break-plan-form.tsx';
import { CloseDisputeForm } from './close-dispute-form.tsx';
import { DecisionForm } from './decision-form.tsx';
import type { ActProps } from './lead-acts.ts';
import { PaymentForm } from './payment-form.tsx';
import { SettlementForm } from './settlement-form.tsx';

type Props = { found: LeadCaseScreen } & ActProps;

export function LeadAgreements(props: Props): ReactNode {
  const { t, format } = useWords();
  const { found: { screen, ownSettlements, agreements: { settlements, disputes, plan } }, act, onOpen, onClose } = props;
  const { caseId } = screen;
  const broken = plan?.mayBeBroken === true ? plan : null;
  return (
    <>
      {settlements.length + disputes.length === 0 && broken === null ? null : (
        <ul className="resumables" aria-label={t('act.title')} data-testid="lead-agreements">
          {settlements.map((offer) => {
            const factId = offer.targetFactId;
            const what = t('act.settlement', { amount: format.money(offer.offeredCents, offer.currency), date: format.date(offer.payBy) });
            return (
              <li key={factId}>
                <span>{what}</span>
                {ownSettlements.includes(factId) ? <span className="dim">{t('act.ownSettlement')}</span>
                  : <Button aria-label={`${t('act.answer')}: ${what}`} onClick={() => { onOpen({ name: 'answer', factId }); }}>{t('act.answer')}</Button>}
                {act?.name === 'answer' && act.factId === factId ? <SettlementForm caseId={caseId} factId={factId} offer={offer} onClose={onClose} /> : null}
              </li>
            );
          })}
          {broken === null ? null : (
            <li>
              <span>{t('act.plan', { amount: format.money(broken.amountCents, broken.currency), count: broken.missedCount })}</span>
              <Button onClick={() => { onOpen({ name: 'break-plan', factId: broken.targetFactId }); }}>{t('act.breakPlan')}</Button>
              {act?.name === 'break-plan' ? <BreakPlanForm caseId={caseId} plan={broken} onClose={onClose} /> : null}
            </li>
          )}
          {disputes.map((dispute) => {
            const factId = dispute.targetFactId;
            const what = t('act.dispute', { amount: format.money(dispute.disputedCents, dispute.currency), number: dispute.number, proof: t(`proof.${dispute.proof}`) });
            return (
              <li key={factId}>
                <span>{what}{dispute.dueOn === null ? '' : ` · ${t('act.answerBy', { date: format.date(dispute.dueOn) })}`}</span>
                <Button aria-label={`${t('act.close')}: ${what}`} onClick={() => { onOpen({ name: 'close-dispute', factId }); }}>{t('act.closeIt')}</Button>
                {act?.name === 'close-dispute' && act.factId === factId ? <CloseDisputeForm caseId={caseId} dispute={dispute} onClose={onClose} /> : null}
              </li>
            );
          })}
        </ul>
      )}
      <Payments {...props} />
      <Button aria-expanded={act?.name === 'pay'} onClick={() => { onOpen({ name: 'pay' }); }}>{t('act.record')}</Button>
      {act?.name === 'pay' ? <PaymentForm screen={screen} onClose={onClose} /> : null}
    </>
  );
}

/** What came in, newest first; what went to no invoice is said beside it. */
function Payments({ found: { screen: { caseId }, agreements: { payments } }, act, onOpen, onClose }: Props): ReactNode {
  const { t, format } = useWords();
  if (payments.length === 0) return null;
  return (
    <details className="lead-payments" open={act?.name === 'reverse' ? true : undefined}>
      <summary>{t('act.payments', { count: payments.length })}</summary>
      <ul className="resumables" data-testid="lead-payments">
        {payments.map(({ paymentId, amountCents, leftCents, currency, paidOn, evidence }) => {
          const what = t('history.agreement.payment', { amount: format.money(amountCents, currency), date: format.date(paidOn) });
          return (
            <li key={paymentId}>
              <span>{what} · {evidence}{leftCents > 0 ? ` · ${t('act.left', { amount: format.money(leftCents, currency) })}` : ''}</span>
              <Button aria-label={`${t('act.reverse')}: ${what}`} onClick={() => { onOpen({ name: 'reverse', paymentId }); }}>{t('act.reverse')}</Button>
              {act?.name === 'reverse' && act.paymentId === paymentId ? (
                <DecisionForm
                  title={`${t('act.reverse')}: ${what}`} reasonLabel={t('lead.reason')} submitLabel={t('act.reverse')} saved={t('act.done.reversed')} onClose={onClose}
                  decide={(reason) => command('reverse-payment', { caseId, paymentId, reason })}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
