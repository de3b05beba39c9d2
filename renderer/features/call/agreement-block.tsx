/**
 * What was agreed, how it stands, and what may be done about it, each in one place: plan, promise, disputes, a settlement's answer, what came in, interest as it is claimed.
 *
 * Invariant: an act is offered only for what the desk says is open (`show-open-agreements`), by the fact that it names.
 */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { OpenAgreementsScreen } from '../../../shared/contract/agreement-channels.ts';
import type { AgreementsView } from '../../../shared/contract/agreement-screen.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { AcceptForm, CancelForm, MoveForm } from './agreement-acts.tsx';
import type { Inline } from './call-store.ts';
import { useCall } from './call-store.ts';
import type { BasedOn } from './inline-forms.tsx';
import { InterestLines } from './interest-lines.tsx';
import { PrintButton } from './print-button.tsx';

type Kind = Extract<Inline, { factId: FactId }>['kind'];

/** What an item of the list needs to offer its acts. */
interface Acting {
  open: (OpenAgreementsScreen & { today: Parameters<typeof AcceptForm>[0]['today'] }) | null;
  about: { caseId: CaseId; basedOn: BasedOn; onClose: () => void };
  isOpen: (kind: Kind, factId: FactId) => boolean;
  opener: (kind: Kind, factId: FactId, label: string, what: string) => ReactNode;
}

/** Most cases have agreed nothing: only what agreed something is asked about. */
function hasAgreed({ history }: CaseScreen): boolean {
  return history.some((entry) => entry.kind === 'outcome' && (entry.outcome.promise !== null || entry.outcome.plan !== null || entry.outcome.dispute !== null));
}

export function AgreementBlock({ screen, basedOn }: { screen: CaseScreen; basedOn: BasedOn }): ReactNode {
  const { t, format } = useWords();
  const inline = useCall((store) => store.inline);
  const setInline = useCall((store) => store.setInline);
  const closeInline = useCall((store) => store.closeInline);
  const { caseId, promise, disputes, agreements: { plan, settlement, payments, interest, prescription } } = screen;
  const open = useQuery('show-open-agreements', hasAgreed(screen) ? { caseId } : null).data;
  const barred = prescription.filter(({ isTimeBarred }) => isTimeBarred);
  const numberOf = (invoiceId: string): string => screen.invoices.find((invoice) => invoice.invoiceId === invoiceId)?.number ?? '';
  const hasItems = plan !== null || promise !== null || disputes.length > 0;
  if (!hasItems && settlement === null && payments.length === 0 && interest === null && barred.length === 0) return null;
  const isOpen = (kind: Kind, factId: FactId): boolean => inline?.kind === kind && inline.factId === factId;
  const acting: Acting = {
    open, isOpen, about: { caseId, basedOn, onClose: () => { closeInline(inline); } },
    opener: (kind, factId, label, what) => (
      <Button className="quiet" aria-label={`${label}: ${what}`} aria-expanded={isOpen(kind, factId)} onClick={() => { setInline({ kind, factId }); }}>{label}</Button>
    ),
  };
  return (
    <section className="block agreements" aria-label={t('agreements.title')}>
      <div className="block-head"><h2>{t('agreements.title')}</h2></div>
      {hasItems ? (
        <ul className="agreement-acts" aria-label={t('agreements.title')} data-testid="agreement-acts">
          {plan === null ? null : <PlanItem plan={plan} acting={acting} />}
          {promise === null ? null : <PromiseItem promise={promise} acting={acting} />}
          {disputes.map((dispute) => <DisputeItem key={dispute.disputeId} dispute={dispute} number={numberOf(dispute.invoiceId)} acting={acting} />)}
        </ul>
      ) : null}
      {settlement === null ? null : (
        <p>
          <b>{t(`agreements.settlementOf.${settlement.state}`, { amount: format.money(settlement.amountCents ?? settlement.offeredCents, settlement.currency), date: format.date(settlement.payBy) })}</b>
          {settlement.reason === null ? '' : ` · ${settlement.reason}`}
        </p>
      )}
      {interest === null ? null : <InterestLines screen={screen} basedOn={basedOn} interest={interest} numberOf={numberOf} />}
      {barred.length === 0 ? null : <p className="note">{t('agreements.timeBarred', { numbers: barred.map(({ invoiceId }) => numberOf(invoiceId)).join(', ') })}</p>}
      {payments.length === 0 ? null : (
        <details className="payments">
          <summary>{t('agreements.payments', { count: payments.length, amount: format.money(payments.reduce((sum, { amountCents }) => sum + amountCents, 0), screen.currency) })}</summary>
          <ul>
            {payments.map(({ paymentId, on, amountCents, currency, evidence, source }) => (
              <li key={paymentId}><b className="num">{format.money(amountCents, currency)}</b> {format.date(on)} <span className="dim">· {t(`agreements.sourceOf.${source}`)} · {evidence}</span></li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function PlanItem({ plan, acting: { open, about, isOpen, opener } }: { plan: NonNullable<AgreementsView['plan']>; acting: Acting }): ReactNode {
  const { t, format, locale } = useWords();
  const money = (cents: number): string => format.money(cents, plan.currency);
  const { planId } = plan;
  const standing = open?.plan?.targetFactId === planId ? open.plan : null;
  const what = `${t(`agreements.planOf.${plan.state}`)} · ${money(plan.amountCents)}`;
  return (
    <li className={`why-plan-${plan.state}`}>
      <p><b>{t(`agreements.planOf.${plan.state}`)}</b> · {t('agreements.paidOf', { paid: money(plan.paidCents), amount: money(plan.amountCents) })}{plan.overdueCents === 0 ? '' : ` · ${t('agreements.overdue', { amount: money(plan.overdueCents) })}`}</p>
      <details className="plan-schedule">
        <summary>{t('plan.schedule')}</summary>
        <table>
          <thead><tr><th scope="col">{t('plan.column.number')}</th><th scope="col">{t('plan.column.dueOn')}</th><th scope="col" className="num">{t('plan.column.amount')}</th><th scope="col" className="num">{t('plan.column.paid')}</th></tr></thead>
          <tbody>
            {plan.instalments.map(({ dueOn, amountCents, paidCents, isMissed }, index) => (
              <tr key={dueOn} className={isMissed ? 'late' : undefined}>
                <td>{index + 1}</td><td>{format.date(dueOn)}{isMissed ? ` · ${t('agreements.missed')}` : ''}</td><td className="num">{money(amountCents)}</td><td className="num">{money(paidCents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <div className="act-line">
        {standing?.state === 'proposed' ? opener('accept-plan', planId, t('act.accept'), what) : null}
        {plan.state === 'proposed' ? null : (
          <PrintButton caseId={about.caseId} basedOn={about.basedOn} source={{ from: 'plan', planId, language: locale }} label={t('agreements.print')} mail={{ wish: { kind: 'agreement' }, label: t('mail.sendAgreement') }} />
        )}
        {standing === null ? null : opener('cancel-agreement', planId, t('act.cancel'), what)}
      </div>
      {standing !== null && open !== null && isOpen('accept-plan', planId) ? <AcceptForm {...about} plan={standing} today={open.today} /> : null}
      {isOpen('cancel-agreement', planId) ? <CancelForm {...about} factId={planId} /> : null}
    </li>
  );
}

function PromiseItem({ promise, acting: { open, about, isOpen, opener } }: { promise: NonNullable<CaseScreen['promise']>; acting: Acting }): ReactNode {
  const { t, format } = useWords();
  const { promiseId, amountCents, paidCents, currency, dueOn, state, method } = promise;
  const what = `${t(`promiseState.${state}`)}: ${t('history.promise', { amount: format.money(amountCents, currency), date: format.date(dueOn) })}`;
  return (
    <li>
      <p className={`why why-${state}`}>
        <b>{t(`promiseState.${state}`)}:</b> {t('history.promise', { amount: format.money(amountCents, currency), date: format.date(dueOn) })} · {t(`method.${method}`)}
        {paidCents === 0 ? '' : ` · ${t('agreements.paidOf', { paid: format.money(paidCents, currency), amount: format.money(amountCents, currency) })}`}
      </p>
      {open?.promise?.targetFactId === promiseId ? <div className="act-line">{opener('cancel-agreement', promiseId, t('act.cancel'), what)}</div> : null}
      {isOpen('cancel-agreement', promiseId) ? <CancelForm {...about} factId={promiseId} /> : null}
    </li>
  );
}

function DisputeItem({ dispute, number, acting: { open, about, isOpen, opener } }: { dispute: CaseScreen['disputes'][number]; number: string; acting: Acting }): ReactNode {
  const { t, format } = useWords();
  const { disputeId, reason, amountCents, currency, proof, owner, dueOn } = dispute;
  const standing = open?.disputes.find(({ targetFactId }) => targetFactId === disputeId) ?? null;
  const amount = amountCents === null ? t('history.wholeInvoice') : format.money(amountCents, currency);
  return (
    <li>
      <p>
        <b>{t(`disputeReason.${reason}`)}</b> · {number} · {amount}
        <span className="dim"> · {t(`proof.${proof}`)}{owner === null ? '' : ` · ${t(`owner.${owner}`)}`}{dueOn === null ? '' : ` · ${t('agreements.answerBy', { date: format.date(dueOn) })}`}</span>
      </p>
      {standing === null ? null : <div className="act-line">{opener('move-dispute', disputeId, t('act.move'), `${t(`disputeReason.${reason}`)} · ${number}`)}</div>}
      {standing !== null && isOpen('move-dispute', disputeId) ? <MoveForm {...about} dispute={standing} /> : null}
    </li>
  );
}
