/** What comes in and what goes out, to count what can be paid a month; it stays on this screen and is kept nowhere. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { parseMoney } from '../../../shared/money/parse-money.ts';
import { readAffordability } from '../../../shared/plans/read-affordability.ts';
import type { BudgetLine } from '../../../shared/plans/read-affordability.ts';
import { useWords } from '../../app/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Kept back for the unforeseen. */
const RESERVE_PERCENT = 10;

export function BudgetHelp({ currency, onUse }: { currency: string; onUse: (perMonthCents: number) => void }): ReactNode {
  const { t, locale, format } = useWords();
  const [incomeText, setIncome] = useState('');
  const [expensesText, setExpenses] = useState('');
  const [every, setEvery] = useState<BudgetLine['every']>('month');
  const [income, expenses] = [parseMoney(incomeText, locale), parseMoney(expensesText, locale)];
  const counted = income.ok && expenses.ok ? readAffordability([{ amountCents: income.value, every }], [{ amountCents: expenses.value, every: 'month' }], RESERVE_PERCENT) : null;
  return (
    <details className="budget-help">
      <summary>{t('plan.budget.title')}</summary>
      <TextField label={t('plan.budget.income')} value={incomeText} error={null} onChange={setIncome} />
      <Choice
        label={t('plan.budget.every')} value={every} options={(['month', 'week'] as const).map((value) => ({ value, label: t(`plan.budget.everyOf.${value}`) }))}
        onChange={(value) => { setEvery(value === 'week' ? 'week' : 'month'); }}
      />
      <TextField label={t('plan.budget.expenses')} value={expensesText} error={null} onChange={setExpenses} />
      {counted === null ? null : counted.perMonthCents === 0 ? <p className="note" role="status">{t('plan.budget.nothingLeft')}</p> : (
        <p className="note" role="status">
          {t('plan.budget.left', { amount: format.money(counted.perMonthCents, currency), reserve: format.money(counted.reserveCents, currency) })}{' '}
          <Button className="quiet" onClick={() => { onUse(counted.perMonthCents); }}>{t('plan.budget.use')}</Button>
        </p>
      )}
    </details>
  );
}
