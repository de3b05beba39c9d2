/**
 * Main's end of the telephone between softphone and desk: who is on the line, what waits to be committed, the only way from a permit to
 * an INVITE.
 *
 * Invariants: what happened is kept in order until its owner's desk has committed it, whatever desk comes and goes meanwhile; another
 * operator's desk is told nothing of it; a desk is told what waits before what happens next, for it takes a later number as the answer to
 * all before it; a desk that starts anew with the same account touches no call. No rule is held here.
 */
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import type { AttachmentId, CallId, UserId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import type { TelephoneAccount } from '../../shared/telephone/account.ts';
import type { DialPermit } from '../../shared/telephone/dial-permit.ts';
import type { DialNumber } from '../../shared/telephone/dial-target.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';

/** The part of a softphone that the desk moves. */
export interface LinkedSoftphone {
  configure(account: TelephoneAccount | null): Promise<void>;
  dial(permit: unknown, callerNumber: DialNumber | null): Promise<Result<unknown>>;
  hold(callId: CallId, held: boolean): Promise<Result<unknown>>;
  transferBlind(callId: CallId, permit: unknown): Promise<Result<unknown>>;
  redirect(callId: CallId, permit: unknown): Result<unknown>;
  calls(): readonly { callId: CallId }[];
}

export interface TelephoneLink {
  /** Everything that the softphone tells goes through here, too. */
  onEvent(event: TelephoneEvent): void;
  fromDesk(message: Exclude<DeskToMainTelephone, { type: 'telephone-record' | 'telephone-recorded-committed' }>): void;
  /** The desk's process is gone; the next one says its account before it is told anything. */
  deskLost(): void;
  /** Of the operator on the line: how much is not on the disk yet. */
  uncommittedCount(): number;
}

type CallEvent = Extract<TelephoneEvent, { callId: CallId }>;

/** What the link says of recordings when a desk greets. */
export interface LinkedRecordings {
  livingIds(ownerId: UserId): AttachmentId[];
  greeted(ownerId: UserId): void;
}

const noRecordings: LinkedRecordings = { livingIds: () => [], greeted: () => undefined };

/** @param sinceMs when main began */
export function createTelephoneLink(
  softphone: LinkedSoftphone, sinceMs: number, send: (message: MainToDeskTelephone) => void, log: (line: string) => void, recordings: LinkedRecordings = noRecordings,
): TelephoneLink {
  const owners = new Map<CallId, UserId>();
  let waiting: CallEvent[] = [];
  let owner: UserId | null = null;
  let configured = JSON.stringify(null);
  /** The desk that is there has said its account, and was told what waited. */
  let isGreeted = false;

  const ownWaiting = (ownerId: UserId): CallEvent[] => waiting.filter(({ callId }) => owners.get(callId) === ownerId);

  function goOnLine(ownerId: UserId | null, account: TelephoneAccount | null): void {
    const wanted = JSON.stringify(account === null ? null : { ownerId, account });
    if (wanted !== configured) {
      configured = wanted;
      softphone.configure(account).catch((error: unknown) => { log(`telephone: the account was not taken: ${error instanceof Error ? error.name : 'unknown'}`); });
    }
    owner = ownerId;
    isGreeted = true;
    if (ownerId === null) return;
    const events = ownWaiting(ownerId);
    const living = softphone.calls().map(({ callId }) => callId).filter((callId) => owners.get(callId) === ownerId);
    send({ type: 'telephone-hello', ownerId, sinceMs, callIds: [...new Set([...living, ...events.map(({ callId }) => callId)])], recordingIds: recordings.livingIds(ownerId) });
    if (events.length > 0) send({ type: 'telephone-events', ownerId, events });
    recordings.greeted(ownerId);
  }

  async function dial(ownerId: UserId, permit: DialPermit, callerNumber: DialNumber | null): Promise<void> {
    owners.set(permit.callId, ownerId);
    const dialled = await softphone.dial(permit, callerNumber);
    if (!dialled.ok) send({ type: 'telephone-not-dialled', ownerId, callId: permit.callId, code: dialled.error.code });
  }

  async function transfer({ ownerId, callId, how, permit }: Extract<DeskToMainTelephone, { type: 'telephone-transfer' }>): Promise<void> {
    if (how === 'blind') {
      await softphone.transferBlind(callId, permit);
      return;
    }
    if (how === 'redirect') {
      const sent = softphone.redirect(callId, permit);
      if (!sent.ok) log(`telephone: a call was not sent on: ${sent.error.code}`);
      return;
    }
    const held = await softphone.hold(callId, true);
    if (held.ok) await dial(ownerId, permit, null);
  }

  function committed(ownerId: UserId, upTo: number): void {
    waiting = waiting.filter(({ callId, number }) => owners.get(callId) !== ownerId || number > upTo);
    const needed = new Set([...waiting, ...softphone.calls()].map(({ callId }) => callId));
    // The quality of a call comes after its end: its owner is known until nothing of it waits and a later call was committed.
    for (const callId of [...owners.keys()].slice(0, -KEPT_OWNERS)) if (!needed.has(callId)) owners.delete(callId);
  }

  return {
    onEvent: (event) => {
      if (event.kind !== 'call-begun' && event.kind !== 'call-stepped' && event.kind !== 'call-quality') return;
      if (owner !== null && !owners.has(event.callId)) owners.set(event.callId, owner);
      const ownerId = owners.get(event.callId);
      if (ownerId === undefined) return;
      waiting.push(event);
      if (ownerId === owner && isGreeted) send({ type: 'telephone-events', ownerId, events: [event] });
    },
    fromDesk: (message) => {
      switch (message.type) {
        case 'telephone-account':
          goOnLine(message.ownerId, message.account);
          return;
        case 'telephone-dial':
          void dial(message.ownerId, message.permit, message.callerNumber);
          return;
        case 'telephone-transfer':
          void transfer(message);
          return;
        case 'telephone-committed':
          committed(message.ownerId, message.upTo);
      }
    },
    deskLost: () => { isGreeted = false; },
    uncommittedCount: () => (owner === null ? 0 : ownWaiting(owner).length),
  };
}

const KEPT_OWNERS = 20;
