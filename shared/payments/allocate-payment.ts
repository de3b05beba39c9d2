/**
 * Which debts a payment goes to (imputation, art. 1193–1194 c.c.).
 *
 *   1. the debts that the debtor chose, in that order; within each, costs and interest before capital (art. 1194: not otherwise without
 *      the creditor's consent)
 *   2. costs of all the others, then their interest
 *   3. capital: what is due before what is not yet due; the least guaranteed; the most onerous; the oldest; equal ones in proportion
 *
 * Invariants: no cent is made or lost: what is allocated and what is left over add up to the payment, and no part gets more than it is
 * owed. A time-barred debt gets nothing unless the debtor chose it: to pay it is to acknowledge it.
 */
import { allocateProRata } from '../money/allocate-pro-rata.ts';
import type { PlainDate } from '../time.ts';

export interface OpenDebt {
  debtId: string;
  capitalCents: number;
  interestCents: number;
  costsCents: number;
  dueOn: PlainDate;
  /** When the debt arose: its document's date. */
  arisenOn: PlainDate;
  isGuaranteed: boolean;
  /** What it costs the debtor to leave it open: the yearly rate that runs, in hundredths of a percent. */
  basisPoints: number;
  isTimeBarred: boolean;
}

export const debtParts = ['costs', 'interest', 'capital'] as const;
export type DebtPart = (typeof debtParts)[number];

export interface Allocation {
  debtId: string;
  part: DebtPart;
  amountCents: number;
}

/**
 * The payment's parts in the order in which they are given, and what is left over.
 * @param chosen ids of the debts that the debtor named, first one first; unknown ids change nothing
 * @throws RangeError on amounts that are no natural number of cents
 */
export function allocatePayment(
  amountCents: number, debts: readonly OpenDebt[], { on, chosen = [] }: { on: PlainDate; chosen?: readonly string[] },
): { allocations: Allocation[]; leftCents: number } {
  for (const amount of [amountCents, ...debts.flatMap((debt) => debtParts.map((part) => owedOf(debt, part)))]) {
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`allocatePayment: ${String(amount)} is no amount of cents`);
  }
  const allocations: Allocation[] = [];
  let leftCents = amountCents;
  for (const group of groupsOf(debts, on, chosen)) {
    if (leftCents === 0) break;
    const owed = group.map(({ debt, part }) => owedOf(debt, part));
    const total = owed.reduce((sum, one) => sum + one, 0);
    const given = Math.min(leftCents, total);
    const shares = given === total ? owed : allocateProRata(given, owed);
    for (const [index, { debt, part }] of group.entries()) {
      const share = shares[index] ?? 0;
      if (share > 0) allocations.push({ debtId: debt.debtId, part, amountCents: share });
    }
    leftCents -= given;
  }
  return { allocations, leftCents };
}

interface Owed { debt: OpenDebt; part: DebtPart }

/** In order; those within one group share in proportion. */
function groupsOf(debts: readonly OpenDebt[], on: PlainDate, chosen: readonly string[]): Owed[][] {
  const named = [...new Set(chosen)].flatMap((id) => debts.find(({ debtId }) => debtId === id) ?? []);
  const others = debts.filter((debt) => !named.includes(debt) && !debt.isTimeBarred);
  const ordered = [...others].sort((a, b) => compareCapital(a, b, on));
  const capital: Owed[][] = [];
  for (const [index, debt] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && compareCapital(before, debt, on) === 0) capital.at(-1)?.push({ debt, part: 'capital' });
    else capital.push([{ debt, part: 'capital' }]);
  }
  return [
    ...named.flatMap((debt) => debtParts.map((part) => [{ debt, part }])),
    others.map((debt) => ({ debt, part: 'costs' as const })),
    others.map((debt) => ({ debt, part: 'interest' as const })),
    ...capital,
  ];
}

/** Art. 1193, second paragraph. */
function compareCapital(a: OpenDebt, b: OpenDebt, on: PlainDate): number {
  return Number(a.dueOn > on) - Number(b.dueOn > on)
    || Number(a.isGuaranteed) - Number(b.isGuaranteed)
    || b.basisPoints - a.basisPoints
    || compareDates(a.arisenOn, b.arisenOn);
}

function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function owedOf(debt: OpenDebt, part: DebtPart): number {
  switch (part) {
    case 'costs': return debt.costsCents;
    case 'interest': return debt.interestCents;
    case 'capital': return debt.capitalCents;
  }
}
