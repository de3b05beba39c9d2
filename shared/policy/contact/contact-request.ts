/** What is asked of the contact policy, and what it answers. */
import type { Tone } from '../../case/case-entity.ts';
import type { ContactPlace } from './calendar.ts';
import type { ContactConsent, ContactRow, PolicyChannel } from './contact-row.ts';
import type { PolicyCode, PolicyWarning } from './policy-codes.ts';
import type { ContactCalendar } from './policy-pack.ts';

/** Why a person may not be contacted just now, whatever the hour; all false and null for most. */
export interface ContactState {
  doNotCallPerson: boolean;
  /** The number asked for, or all that there are. */
  doNotCallNumber: boolean;
  doNotCallCreditor: boolean;
  /** Nothing is left that may be asked for: every open amount is disputed. */
  disputeOpen: boolean;
  /** Only the representative from now on. */
  represented: boolean;
  /** A lead decides. */
  stopped: boolean;
  inabilityDeclaredAtMs: number | null;
  breathingSpaceUntilMs: number | null;
  suspendedUntilMs: number | 'open' | null;
}

export const clearState: ContactState = {
  doNotCallPerson: false, doNotCallNumber: false, doNotCallCreditor: false, disputeOpen: false, represented: false, stopped: false,
  inabilityDeclaredAtMs: null, breathingSpaceUntilMs: null, suspendedUntilMs: null,
};

export interface ContactRequest {
  nowMs: number;
  /** Of `possibleZones`; never empty. */
  zones: readonly string[];
  place: ContactPlace;
  channel: PolicyChannel;
  to: {
    /** E.164 or the address; null while none is chosen: then any that was tried may be it. */
    value: string | null;
    workplace: boolean;
    givenByPerson: boolean;
    isRepresentative: boolean;
  };
  /** Of the person, across creditors and cases, in any order. */
  rows: readonly ContactRow[];
  /** The debt asked about. */
  caseId: string;
  /** Of the person, in any order. */
  consents: readonly ContactConsent[];
  state: ContactState;
  /** The hours a person asked for, `HH:MM`. */
  preferredHours: { from: string; to: string } | null;
  certificate: { tone: Tone; held: 'none' | 'trainee' | 'full' };
  /** For written channels: whether it reminds of a debt, and whether the person agreed to the channel. */
  written: { reminds: boolean; agreedTo: boolean };
  /** A lead set frequency aside, with a reason, until then. */
  frequencyOverride: { untilMs: number } | null;
  calendar: ContactCalendar;
}

/** What had been counted when it was decided: kept with a permit. */
export interface ContactCounters {
  conversationsToday: number;
  conversationsThisWeek: number;
  roundsToday: number;
  roundsThisWeek: number;
  /** 0 where the policy does not count calls. */
  callsInWindow: number;
}

export type PolicyParams = Record<string, string | number>;

export type ContactAnswer =
  | { allowed: true; counters: ContactCounters; warnings: PolicyWarning[] }
  | {
    allowed: false;
    /** The reason that lasts longest, or has no end. */
    code: PolicyCode;
    /** For the sentence `policy.<code>`: `until` is `nextAllowedAtMs`; `customerZone` and the holiday's name for whoever tells more. */
    params: PolicyParams;
    /** Every reason, that one first. */
    codes: PolicyCode[];
    /** The first moment at which everything holds, if nothing new happens; null when nobody knows. */
    nextAllowedAtMs: number | null;
    /** Nothing but frequency stands in the way. */
    overridable: boolean;
    counters: ContactCounters;
  };
