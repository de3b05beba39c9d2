/**
 * `plans`: the options of a plan for a case of 40 invoices, p99, against one pass that adds the invoices up and makes one schedule.
 *
 * Ours is everything that a slider asks of the page and a save of the desk: what may be planned, the wish as typed, two to four options within the
 * limits, on days that are no days of rest. Invariant: before anything is timed, there are options, and each adds up to the debt.
 */
import { performance } from 'node:perf_hooks';
import { listRestDays, planBasis } from '../../shared/case/plan-basis.ts';
import { viewCase } from '../../shared/case/view-case.ts';
import type { UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { offerPlans } from '../../shared/plans/offer-plans.ts';
import { divideEqually, withInterest } from '../../shared/plans/make-schedule.ts';
import { instalmentDates } from '../../shared/plans/instalment-dates.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../shared/testing/sample-case.ts';
import { instantOf } from '../../shared/time.ts';
import type { BenchResult } from './bench-result.ts';
import { compare, percentile } from './bench-result.ts';

const INVOICES = 40;
const RUNS = 9;
const ROUNDS = 3_000;
const TARGET = 20;
const zone = 'Europe/Rome';

export function benchPlans(say: (line: string) => void): Promise<BenchResult[]> {
  const nowMs = instantOf(sampleToday, '10:00', zone);
  const invoices = Array.from({ length: INVOICES }, (_none, index) => sampleInvoice(`F-${String(index)}`, 10 + index, 4_000 + 37 * index));
  const view = viewCase(sampleCase(invoices), [], { nowMs, zone, userId: newId<UserId>() });
  const restDays = new Set(listRestDays(view.rules, planBasis(view, { nowMs, zone })));
  const offer = (round: number): ReturnType<typeof offerPlans> => {
    const basis = planBasis(view, { nowMs, zone });
    return offerPlans({ amountText: '', perMonthText: String(200 + (round % 150)), dayText: '10', firstText: '150' }, basis, (date) => restDays.has(date), 'it');
  };
  const found = offer(0);
  const debtCents = invoices.reduce((sum, { residualCents }) => sum + residualCents, 0);
  if (!found.ok || found.value.options.length < 2) throw new Error('nothing to measure: no options');
  for (const { kind, instalments } of found.value.options) {
    if (instalments.reduce((sum, { capitalCents }) => sum + capitalCents, 0) !== debtCents) throw new Error(`${kind} does not add up`);
  }
  const schedule = (): void => {
    const total = invoices.reduce((sum, { residualCents }) => sum + residualCents, 0);
    const parts = divideEqually(total, 10);
    if (parts === null) throw new Error('no schedule');
    withInterest(parts, instalmentDates(sampleToday, 10, 10, (date) => restDays.has(date)), sampleToday, { rule: 'none' });
  };
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const [oursMs, referenceMs] = [p99Of(offer), p99Of(schedule)];
    // The first run only warms both.
    if (run === 0) continue;
    ours.push(oursMs);
    reference.push(referenceMs);
    say(`${String(run)}: options ${oursMs.toFixed(3)} ms, one schedule ${referenceMs.toFixed(3)} ms (p99 of ${String(ROUNDS)})`);
  }
  return Promise.resolve([compare('options-p99', 'ms', ours, reference, TARGET)]);
}

function p99Of(act: (round: number) => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    act(round);
    times.push(performance.now() - before);
  }
  return percentile(times, 0.99);
}
