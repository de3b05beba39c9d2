/**
 * What each result code asks for and brings about: the one table (domain §4).
 *
 * Invariants: the code drives behaviour (fields, retry, stop), its class statistics; a rule that stands here stands
 * nowhere else. The disposition is that of AAPOR's Standard Definitions for telephone surveys; operators don't see it.
 */
import type { OutcomeClass, OutcomeCode } from './outcome-codes.ts';

/** The parts of an outcome's body that a code may carry; each is null for every other code. */
export const outcomeParts = [
  'promise', 'dispute', 'callback', 'payment', 'plan', 'settlement', 'resend', 'holderChange', 'represented', 'complaint', 'privacyRequest',
  'refusedContact', 'languageWanted', 'nextContactOn', 'spokeWith',
] as const;
export type OutcomePart = (typeof outcomeParts)[number];

/** How long an attempt rests before the next; moved on to the next calling hours. */
export type RetryRule =
  | { kind: 'minutes'; minutes: number }
  /** From the first calling hour of the n-th day after. */
  | { kind: 'days'; days: number };

/** `lead`: nobody works the case until a lead has decided. */
export type StopRule = 'none' | 'lead';

export interface OutcomeRule {
  class: OutcomeClass;
  aapor: string;
  /** Parts without which the outcome is not saved. */
  needs: readonly OutcomePart[];
  /** Parts that may be given as well. */
  may: readonly OutcomePart[];
  /** Whether the cause of non-payment is a question here: listening is data (domain §3.4). */
  cause: 'required' | 'asked' | 'no';
  /** The note is the content: it may not be empty. */
  noteRequired: boolean;
  retry: RetryRule;
  stop: StopRule;
  /** The called number is not rung again; the debt stays, and another number is tried. */
  retiresNumber: boolean;
  /** A second person may look at it (domain §3.9). */
  auditable: boolean;
}

const nextDay: RetryRule = { kind: 'days', days: 1 };
const laterToday: RetryRule = { kind: 'minutes', minutes: 180 };

function rule(kind: OutcomeClass, aapor: string, parts: Partial<OutcomeRule> = {}): OutcomeRule {
  return {
    class: kind, aapor, needs: [], may: [], cause: kind === 'success' || kind === 'right-party' ? 'asked' : 'no', noteRequired: false,
    retry: kind === 'success' || kind === 'right-party' ? nextDay : laterToday, stop: 'none', retiresNumber: false,
    auditable: kind === 'success', ...parts,
  };
}

export const outcomeRules: Record<OutcomeCode, OutcomeRule> = {
  PTP: rule('success', '1.1', { needs: ['promise'] }),
  PLN: rule('success', '1.1', { needs: ['plan'] }),
  PAID: rule('success', '1.1', { needs: ['payment'], cause: 'no' }),
  DSP: rule('success', '1.1', { needs: ['dispute'] }),
  RES: rule('success', '1.1', { needs: ['resend'] }),
  SET: rule('success', '1.1', { needs: ['settlement'], stop: 'lead' }),
  PPY: rule('success', '1.1', { needs: ['payment'] }),
  REF: rule('right-party', '2.112', { cause: 'required', may: ['nextContactOn'] }),
  RPC: rule('right-party', '1.1', { may: ['nextContactOn'] }),
  CBK: rule('right-party', '2.20', { needs: ['callback'], may: ['spokeWith'] }),
  TRN: rule('right-party', '1.1', { needs: ['holderChange'], may: ['spokeWith'], cause: 'no', stop: 'lead' }),
  CMP: rule('right-party', '1.1', { needs: ['complaint'], cause: 'no', noteRequired: true }),
  PRV: rule('right-party', '1.1', { needs: ['privacyRequest'], cause: 'no' }),
  LAW: rule('stop', '1.1', { needs: ['represented'] }),
  TPC: rule('reach', '2.20', { retry: laterToday }),
  LM: rule('reach', '2.222', { retry: nextDay }),
  IDR: rule('reach', '2.111', { retry: { kind: 'days', days: 2 } }),
  LNG: rule('reach', '2.331', { needs: ['languageWanted'], retry: nextDay }),
  MIN: rule('reach', '2.20'),
  AM: rule('attempt', '3.14'),
  HU: rule('attempt', '2.12', { retry: nextDay }),
  NA: rule('attempt', '3.13'),
  LB: rule('attempt', '3.12', { retry: { kind: 'minutes', minutes: 10 } }),
  DRP: rule('attempt', '3.16', { retry: { kind: 'minutes', minutes: 0 } }),
  WN: rule('fail', '4.70', { retiresNumber: true, retry: { kind: 'minutes', minutes: 0 } }),
  DC: rule('fail', '4.32', { retiresNumber: true, retry: { kind: 'minutes', minutes: 0 } }),
  DEC: rule('stop', '2.31', { stop: 'lead' }),
  INS: rule('stop', '1.1', { stop: 'lead' }),
  DNC: rule('stop', '2.112', { needs: ['refusedContact'] }),
};

/** A drop resumed within this time is the same conversation (rules §1a). */
export const SAME_CONVERSATION_MS = 15 * 60_000;

/** Working days that "already paid" rests before it is asked again (domain §4). */
export const PAID_HOLD_WORKING_DAYS = 5;

/** One positive outcome in this many is put before a second person; agreements for less or in parts always. */
const AUDIT_ONE_IN = 5;

/**
 * Whether a second person is asked to look at this outcome: the same answer on every machine, and not to be foreseen. Of somebody who
 * is still learning in the tone of the case (`byTrainee`), each.
 */
export function isSampledForAudit(code: OutcomeCode, factId: string, byTrainee = false): boolean {
  if (!outcomeRules[code].auditable) return false;
  if (byTrainee || code === 'PLN' || code === 'SET') return true;
  // The last digits of a UUIDv7 are random (RFC 9562 §5.7).
  return Number.parseInt(factId.slice(-6), 16) % AUDIT_ONE_IN === 0;
}
