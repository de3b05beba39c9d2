import { readTypedDate, readTypedMoment } from '../../../shared/case/read-typed-date.ts';
import { readTypedPastDate } from '../../../shared/case/read-typed-past-date.ts';
import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import { parseMoney } from '../../../shared/money/parse-money.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** Says how a typed text is understood, to be shown beside its field. */
export function readTypedEntry(session: Session, input: QueryRequest<'read-typed-entry'>): Result<QueryOutput<'read-typed-entry'>> {
  const { nowMs, zone } = viewContext(session);
  switch (input.kind) {
    case 'money': {
      const amount = parseMoney(input.text, input.locale);
      return amount.ok ? ok({ kind: 'money', amountCents: amount.value }) : amount;
    }
    case 'date': {
      const date = readTypedDate(input.text, { today: dateOfInstant(nowMs, zone), locale: input.locale });
      return date.ok ? ok({ kind: 'date', date: date.value }) : date;
    }
    case 'past-date': {
      const date = readTypedPastDate(input.text, { today: dateOfInstant(nowMs, zone), locale: input.locale });
      return date.ok ? ok({ kind: 'date', date: date.value }) : date;
    }
    case 'moment': {
      const at = readTypedMoment(input.text, { nowMs, zone, locale: input.locale });
      return at.ok ? ok({ kind: 'moment', at: at.value, zone }) : at;
    }
  }
}
