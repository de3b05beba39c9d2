/** What a lead has open in a case: one decision at a time. */
import type { LeadCaseScreen } from '../../../shared/contract/lead-channels.ts';
import type { FactId, FlagId, PaymentId } from '../../../shared/id.ts';
import type { Verdict } from './audit-form.tsx';

export type Act =
  | { name: 'suspend' | 'assign' | 'prioritise' | 'allow' | 'write' } | { name: 'resume' | 'correct'; factId: FactId } | { name: 'settle'; flagId: FlagId }
  | { name: 'audit'; factId: FactId; verdict: Verdict }
  | { name: 'pay' } | { name: 'answer' | 'close-dispute' | 'break-plan'; factId: FactId } | { name: 'reverse'; paymentId: PaymentId };

/** What every part of the case gets: what is open, and the way to open and close. */
export interface ActProps { act: Act | null; onOpen: (act: Act) => void; onClose: () => void }

type Outcomes = Pick<LeadCaseScreen, 'screen' | 'standing'>;

/** The newest outcome that still counts. */
export function newestStanding({ screen, standing }: Outcomes): FactId | null {
  return screen.history.find((entry) => standing.some(({ factId }) => factId === entry.factId))?.factId ?? null;
}

/** Whether frequency alone keeps this person from being called: a lead may let it be. */
export function mayAllow({ frequency }: Pick<LeadCaseScreen, 'frequency'>): boolean {
  return frequency.refused?.overridable === true;
}

/** The outcome that the key corrects: the one in focus (a line of the history with `data-fact`), else the newest. */
export function outcomeToCorrect(found: Outcomes): FactId | null {
  const focused = document.activeElement?.closest('[data-fact]')?.getAttribute('data-fact') ?? null;
  return found.standing.find(({ factId }) => factId === focused)?.factId ?? newestStanding(found);
}
