/** The case in one glance: owed, disputed, promised, in a plan, interest where it is claimed, and what falls due next. Only what is not nothing. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';

export function CaseGlance({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const { agreements, promise, currency } = screen;
  const { plan, interest } = agreements;
  const money = (cents: number): string => format.money(cents, currency);
  const isPromised = promise !== null && promise.state !== 'kept';
  const isPlanned = plan?.state === 'active' || plan?.state === 'late';
  const next = nextDue(screen);
  const figures: { id: 'owed' | 'disputed' | 'promised' | 'planned' | 'interest'; text: string }[] = [
    { id: 'owed', text: money(screen.openCents) },
    ...(screen.disputedCents > 0 ? [{ id: 'disputed' as const, text: money(screen.disputedCents) }] : []),
    ...(isPromised ? [{ id: 'promised' as const, text: money(promise.amountCents - promise.paidCents) }] : []),
    ...(isPlanned ? [{ id: 'planned' as const, text: money(plan.leftCents) }] : []),
    ...(interest === null ? [] : [{ id: 'interest' as const, text: interest.refusedOn === null ? money(interest.totalCents + interest.lumpSumCents) : t('glance.rateUnknown') }]),
  ];
  return (
    <dl className="case-glance" aria-label={t('glance.title')}>
      {figures.map(({ id, text }) => <div key={id}><dt>{t(`glance.${id}`)}</dt><dd className="num">{text}</dd></div>)}
      {next === null ? null : <div><dt>{t('glance.next')}</dt><dd className="num">{money(next.amountCents)} · {format.date(next.dueOn)}</dd></div>}
    </dl>
  );
}

/** By plan, else by promise, else the invoice that falls due first. */
function nextDue({ agreements: { plan }, promise, invoices }: CaseScreen): { dueOn: PlainDate; amountCents: number } | null {
  if (plan?.next != null && plan.state !== 'proposed') return plan.next;
  if (promise !== null && promise.state !== 'kept') return { dueOn: promise.dueOn, amountCents: promise.amountCents - promise.paidCents };
  const coming = invoices.find(({ daysLate, claimableCents }) => daysLate <= 0 && claimableCents > 0);
  return coming === undefined ? null : { dueOn: coming.dueDate, amountCents: coming.claimableCents };
}
