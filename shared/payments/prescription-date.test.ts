import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../time.ts';
import { isTimeBarred, prescriptionDate } from './prescription-date.ts';

const day = (text: string): PlainDate => text as PlainDate;

describe('prescription', () => {
  it.each<[string, string, number, string[], string]>([
    ['two years', '2024-03-15', 24, [], '2026-03-15'],
    ['from the last day of a long month to that of a short one', '2023-08-31', 18, [], '2025-02-28'],
    ['begins anew with a notice', '2024-03-15', 24, ['2025-06-01'], '2027-06-01'],
    ['begins anew with the last of several, in any order', '2024-03-15', 24, ['2026-01-10', '2025-06-01'], '2028-01-10'],
    ['is interrupted on its very last day', '2024-03-15', 24, ['2026-03-15'], '2028-03-15'],
    ['is not brought back to life', '2024-03-15', 24, ['2026-03-16'], '2026-03-15'],
    ['is not begun by what came before the due date', '2024-03-15', 24, ['2024-01-01'], '2026-03-15'],
  ])('%s', (_name, dueOn, months, acts, last) => {
    expect(prescriptionDate(day(dueOn), months, acts.map(day))).toBe(last);
  });

  it('the last day still belongs to it', () => {
    expect([isTimeBarred(day('2026-03-15'), day('2026-03-15')), isTimeBarred(day('2026-03-15'), day('2026-03-16'))]).toEqual([false, true]);
  });
});
