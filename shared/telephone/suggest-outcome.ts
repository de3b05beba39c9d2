/**
 * Which outcome a call's end speaks for: the panel that opens at hang-up begins with it, the operator decides.
 */
import type { OutcomeCode } from '../case/outcome-codes.ts';
import type { CallEnd } from './call-end.ts';

export interface EndedCall {
  direction: 'outbound' | 'inbound';
  end: CallEnd;
  /** Null: nobody answered. */
  talkedMs: number | null;
  rang: boolean;
}

/** Who hangs up sooner has said nothing. */
const HUNG_UP_WITHIN_MS = 5_000;

/** The code, or null where the end alone says nothing. */
export function suggestOutcome({ direction, end, talkedMs, rang }: EndedCall): OutcomeCode | null {
  switch (end.cause) {
    case 'busy':
      return 'LB';
    case 'no-such-number':
      return 'DC';
    case 'no-answer':
      return 'NA';
    case 'rejected':
      return 'HU';
    case 'cancelled':
      return direction === 'outbound' && rang ? 'NA' : null;
    case 'dropped':
    case 'interrupted':
      return talkedMs === null ? null : 'DRP';
    case 'hung-up':
      return end.by === 'them' && talkedMs !== null && talkedMs < HUNG_UP_WITHIN_MS ? 'HU' : null;
    case 'missed':
    case 'transferred':
    case 'line-failed':
      return null;
  }
}
