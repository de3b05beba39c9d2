/** The instalments of the chosen option, and the words in which they are read back. */
import type { ReactNode } from 'react';
import type { PlanOption } from '../../../shared/plans/plan-options.ts';
import { speakPlan } from '../../../shared/plans/speak-plan.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';

export function PlanSchedule({ option, currency, today }: { option: Pick<PlanOption, 'instalments'>; currency: string; today: PlainDate }): ReactNode {
  const { t, locale, format } = useWords();
  const hasInterest = option.instalments.some(({ interestCents }) => interestCents > 0);
  return (
    <>
      <p className="say plan-say"><span className="sr-only">{t('plan.sayThis')}</span>{speakPlan(option.instalments, currency, today, locale)}</p>
      <details className="plan-schedule">
        <summary>{t('plan.schedule')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('plan.column.number')}</th><th scope="col">{t('plan.column.dueOn')}</th>
              {hasInterest ? <th scope="col" className="num">{t('plan.column.interest')}</th> : null}
              <th scope="col" className="num">{t('plan.column.amount')}</th><th scope="col" className="num">{t('plan.column.left')}</th>
            </tr>
          </thead>
          <tbody>
            {option.instalments.map(({ dueOn, interestCents, amountCents, leftCents }, index) => (
              <tr key={dueOn}>
                <td>{index + 1}</td><td>{format.date(dueOn)}</td>
                {hasInterest ? <td className="num">{format.money(interestCents, currency)}</td> : null}
                <td className="num">{format.money(amountCents, currency)}</td><td className="num">{format.money(leftCents, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
