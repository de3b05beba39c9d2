import { describe, expect, it } from 'vitest';
import { addMonths } from '../time.ts';
import type { PlainDate } from '../time.ts';
import { divideEqually } from './make-schedule.ts';
import { speakPlan } from './speak-plan.ts';

const today = '2026-11-20' as PlainDate;
const plan = (parts: readonly number[]): { dueOn: PlainDate; amountCents: number }[] => parts.map((amountCents, index) => ({ dueOn: addMonths('2026-12-10' as PlainDate, index), amountCents }));

describe('a plan read back', () => {
  it('says how many of which amount, the first and the last day, and the whole', () => {
    expect(speakPlan(plan(divideEqually(100_000, 10) ?? []), 'EUR', today, 'it'))
      .toBe("dieci rate da cento euro, la prima entro giovedì 10 dicembre, l'ultima entro il 10 settembre 2027; in tutto mille euro");
    expect(speakPlan(plan(divideEqually(100_000, 10) ?? []), 'EUR', today, 'en'))
      .toBe('ten payments of one hundred euros, the first by Thursday 10 December, the last by 10 September 2027; one thousand euros in all');
  });

  it('leaves out no cent of an uneven one', () => {
    expect(speakPlan(plan([30_000, ...(divideEqually(100_000, 7) ?? [])]), 'EUR', today, 'it')).toBe(
      "una rata da trecento euro, poi sei rate da centoquarantadue euro e ottantasei, poi una rata da centoquarantadue euro e ottantaquattro, la prima entro giovedì 10 dicembre, l'ultima entro il 10 luglio 2027; in tutto milletrecento euro");
  });

  it('throws on none', () => {
    expect(() => speakPlan([], 'EUR', today, 'it')).toThrow(RangeError);
  });
});
