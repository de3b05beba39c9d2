import { readTypedDate } from '../../../shared/case/read-typed-date.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** The last day of a decision as typed (`until`): today or later. */
export function readTypedEnd(session: Session, { untilText, locale }: { untilText: string; locale: Locale }): Result<PlainDate> {
  const { nowMs, zone } = viewContext(session);
  const today = dateOfInstant(nowMs, zone);
  const until = readTypedDate(untilText, { today, locale });
  if (!until.ok) return fail(until.error.code, until.error.messageKey, { ...until.error.details, field: 'until' });
  return until.value < today ? fail('end-in-the-past', 'error.endInThePast', { field: 'until' }) : until;
}
