/**
 * What somebody can pay a month, from what comes in and what goes out.
 *
 * Invariants: weekly amounts count 52/12 a month; a reserve for the unforeseen is kept back, at most a tenth of what is left; a deficit is no
 * capacity, and never less than nothing.
 */

export interface BudgetLine {
  amountCents: number;
  every: 'week' | 'month';
}

export interface Affordability {
  incomeCents: number;
  expensesCents: number;
  reserveCents: number;
  /** What can go to the plan. */
  perMonthCents: number;
}

const HIGHEST_RESERVE_PERCENT = 10;

/** @param reservePercent 0 to 10; more is taken as 10 */
export function readAffordability(income: readonly BudgetLine[], expenses: readonly BudgetLine[], reservePercent: number): Affordability {
  const [incomeCents, expensesCents] = [sum(income), sum(expenses)];
  const surplus = Math.max(0, incomeCents - expensesCents);
  const reserveCents = Math.ceil((surplus * Math.min(Math.max(reservePercent, 0), HIGHEST_RESERVE_PERCENT)) / 100);
  return { incomeCents, expensesCents, reserveCents, perMonthCents: surplus - reserveCents };
}

function sum(lines: readonly BudgetLine[]): number {
  return lines.reduce((total, { amountCents, every }) => total + (every === 'week' ? Math.round((amountCents * 52) / 12) : amountCents), 0);
}
