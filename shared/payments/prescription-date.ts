/**
 * When a claim is time-barred (prescrizione, art. 2934 and following c.c.).
 *
 * Invariants: the period begins anew with each act that interrupts it (a formal notice, an acknowledgement: art. 2943–2945); it ends with the
 * same day of its last month (art. 2963), and that day still belongs to it. How long it is, is the mandate's to say: it is law and kind of
 * claim, not arithmetic.
 */
import { addMonths } from '../time.ts';
import type { PlainDate } from '../time.ts';

/** The last day on which the claim lives. @param interruptedOn acts after the due date count, earlier ones do not */
export function prescriptionDate(dueOn: PlainDate, months: number, interruptedOn: readonly PlainDate[] = []): PlainDate {
  let begin = dueOn;
  for (const act of [...interruptedOn].sort()) {
    // What comes after the period has run out brings nothing back to life.
    if (act > begin && act <= addMonths(begin, months)) begin = act;
  }
  return addMonths(begin, months);
}

/** From the day after its last day on. */
export function isTimeBarred(lastDay: PlainDate, today: PlainDate): boolean {
  return today > lastDay;
}
