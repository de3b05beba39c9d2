/**
 * The desk's end of the telephone, for as long as somebody is signed in: the account goes to main, what main tells becomes facts.
 *
 *   begin ─▶ account to main ─▶ hello: which calls main still has ─▶ what waited there ─▶ …
 *
 * Invariants: the account stands in the sealed store and goes to main only; events are acknowledged after their commit, and kept while the
 * disk takes nothing; only calls without an end when the session began can turn out lost, by main's own word. A call that main
 * never heard of was not made; one that went down with main was interrupted: its outcome is still asked for, and a ring that nobody had answered is missed.
 */
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import type { AttachmentId, CallId, CaseId, CreditorId, UserId } from '../../../shared/id.ts';
import type { OwnTelephone } from '../../../shared/protocol/telephone-protocol.ts';
import { ownTelephoneSchema } from '../../../shared/protocol/telephone-protocol.ts';
import { practiceTelephone } from '../../../shared/telephone/practice-account.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import { dialNumberSchema } from '../../../shared/telephone/dial-target.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import type { TransferWay } from '../../../shared/telephone/transfer-way.ts';
import { afterCommit } from '../commands/after-commit.ts';
import type { Session } from '../session.ts';
import { countUnsent } from '../store/fact-store.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { storeFailure } from '../store/store-failure.ts';
import { forgetTelephoneCalls, readTelephoneCall, readTelephoneCalls, readUnclaimedCalls, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { endCall } from '../conduct/end-call.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { RecordedPiece } from '../recordings/desk-recordings.ts';
import { resumeRecording, takePiece, tidyRecordings } from '../recordings/desk-recordings.ts';
import { tellUnclaimed } from './append-call-facts.ts';
import { closeLostCalls } from './close-lost-calls.ts';
import { commitTelephoneEvents } from './commit-telephone-events.ts';

const KEPT_MS = 7 * 86_400_000;

export interface RecordOrder { callId: CallId; recordingId: AttachmentId; on: boolean }

/** What commands need of the telephone. */
export interface SessionTelephone {
  own(): OwnTelephone | null;
  /** What a call on this line is told as. */
  line(): 'softphone' | 'practice-line';
  /** After the commit of its permit. */
  dial(permit: DialPermit, creditorId: CreditorId | null): void;
  transfer(callId: CallId, how: TransferWay, permit: DialPermit): void;
  /** After the commit of its row, or when it is to end. */
  record(order: RecordOrder): void;
  unsavedCount(): number;
  /** What was told and waits for its turn is on the disk afterwards. */
  commitTold(): void;
  notDialled(): { callId: CallId; code: string } | null;
}

/** Of a desk that no main listens to. */
export const noTelephone: SessionTelephone = {
  own: () => null, line: () => 'softphone', dial: () => undefined, transfer: () => undefined, record: () => undefined, unsavedCount: () => 0, commitTold: () => undefined, notDialled: () => null,
};

export class DeskTelephone implements SessionTelephone {
  readonly #tellMain: (message: DeskToMainTelephone) => void;
  readonly #isPractice: boolean;
  /** Null before it began and after it ended. */
  #begun: Session | null = null;
  #wasOnline = false;
  #own: OwnTelephone | null = null;
  #uncommitted: TelephoneEvent[] = [];
  #notDialled: { callId: CallId; code: string } | null = null;
  /** Without an end when the session began. */
  #suspects: CallId[] = [];
  #isAsking = false;
  /** A connection came since the account was last asked for. */
  #isToAsk = false;
  /** Pieces of sound are taken one after the other. */
  #pieces: Promise<void> = Promise.resolve();

  /** @param isPractice the account is that of the practice line, and no hub is asked for another */
  constructor(tellMain: (message: DeskToMainTelephone) => void, isPractice = false) {
    this.#tellMain = tellMain;
    this.#isPractice = isPractice;
  }

  own(): OwnTelephone | null {
    return this.#own;
  }

  line(): 'softphone' | 'practice-line' {
    return this.#isPractice ? 'practice-line' : 'softphone';
  }

  unsavedCount(): number {
    return this.#uncommitted.length;
  }

  commitTold(): void {
    if (this.#begun !== null) this.retry();
  }

  notDialled(): { callId: CallId; code: string } | null {
    return this.#notDialled;
  }

  /** When the session begins. */
  begin(session: Session): void {
    this.#begun = session;
    const { db } = session;
    const stored = readMeta(db, 'telephone');
    if (this.#isPractice) this.#own = practiceTelephone;
    else this.#own = stored === null ? null : ownTelephoneSchema.safeParse(JSON.parse(stored)).data ?? null;
    this.#suspects = readTelephoneCalls(db).filter((call) => call.endedAtMs === null).map(({ callId }) => callId);
    this.#tidy();
    tidyRecordings(session);
    this.#tellAccount();
  }

  /** When it ends: main leaves the line, and keeps what it could not tell. */
  end(): void {
    this.#begun = null;
    this.#tellMain({ type: 'telephone-account', ownerId: null, account: null });
  }

  /** Asks the hub for the account once for each connection: it may be another one, or taken away. */
  networkIs(network: SyncLoop['network']): void {
    const isNew = network === 'online' && !this.#wasOnline;
    this.#wasOnline = network === 'online';
    if (!isNew || this.#isPractice) return;
    this.#isToAsk = true;
    void this.#refresh();
  }

  dial(permit: DialPermit, creditorId: CreditorId | null): void {
    this.#notDialled = null;
    const number = this.#own?.callerIds.find((one) => one.creditorId === creditorId)?.number;
    this.#tellMain({ type: 'telephone-dial', ownerId: this.#ownerId(), permit, callerNumber: number === undefined ? null : dialNumberSchema.parse(number) });
  }

  transfer(callId: CallId, how: TransferWay, permit: DialPermit): void {
    this.#tellMain({ type: 'telephone-transfer', ownerId: this.#ownerId(), callId, how, permit });
  }

  record(order: RecordOrder): void {
    this.#tellMain({ type: 'telephone-record', ownerId: this.#ownerId(), ...order });
  }

  /** One question at a time; a connection that came during one is asked on after it. */
  async #refresh(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isToAsk && this.#wasOnline && this.#begun !== null) {
      this.#isToAsk = false;
      await this.#askForOwn(this.#begun);
    }
    this.#isAsking = false;
  }

  /** A hub of before, or one that does not answer, changes nothing. */
  async #askForOwn(session: Session): Promise<void> {
    const answer = await session.sync.ask('GET', '/v1/telephone/own', ownTelephoneSchema);
    if (!answer.ok || this.#begun !== session) return;
    const text = JSON.stringify(answer.value);
    if (text === JSON.stringify(this.#own)) return;
    const isOtherAccount = JSON.stringify(answer.value.account) !== JSON.stringify(this.#own?.account ?? null);
    this.#own = answer.value;
    try {
      writeMeta(session.db, 'telephone', text);
    } catch (error) {
      // A full disk: the next connection asks again.
      if (storeFailure(error).error.code === 'store-damaged') throw error;
    }
    if (isOtherAccount) this.#tellAccount();
    this.#changed([]);
  }

  /** What is another operator's waits in main until that one is signed in. */
  receive(message: MainToDeskTelephone): void {
    if (message.ownerId !== this.#begun?.user.userId) return;
    switch (message.type) {
      case 'telephone-hello': {
        const lost = closeLostCalls(this.#session(), this.#suspects, message);
        this.#suspects = [];
        if (lost.count > 0) this.#committed(lost.caseIds);
        this.#inTurn((session) => resumeRecording(session, message.recordingIds));
        return;
      }
      case 'telephone-events':
        this.#receiveEvents(message.events);
        return;
      case 'telephone-recorded':
        this.#takeSound(message);
        return;
      case 'telephone-not-dialled':
        this.#takeBack(message);
    }
  }

  /** Commits what waits. While the disk takes nothing it stays here, and in main. */
  retry(): void {
    const last = this.#uncommitted.at(-1);
    if (last === undefined) return;
    const events = this.#uncommitted;
    let caseIds: Set<CaseId>;
    try {
      caseIds = commitTelephoneEvents(this.#session(), events);
    } catch (error) {
      if (storeFailure(error).error.code === 'store-damaged') throw error;
      this.#changed([]);
      return;
    }
    this.#uncommitted = [];
    this.#tellMain({ type: 'telephone-committed', ownerId: this.#ownerId(), upTo: last.number });
    this.#committed([...caseIds]);
  }

  /** A call of no case yet moves nothing that a case shows. */
  #committed(caseIds: readonly CaseId[]): void {
    if (caseIds.length === 0) this.#tell({ what: ['telephone', 'contacts'], caseIds: [] });
    else this.#changed(caseIds);
  }

  /** Who may ring is asked of the hub before this disk is waited for; what came is committed in the same order all the same. */
  #receiveEvents(events: readonly TelephoneEvent[]): void {
    this.#uncommitted.push(...events);
    const session = this.#session();
    const rings = events.filter((event) => event.kind === 'call-begun').filter(({ state }) => state.direction === 'inbound');
    for (const ring of rings) session.callers.rang(session, ring);
    // Whatever else comes with it has waited long enough.
    if (rings.length < events.length) this.retry();
    else setImmediate(() => { if (this.#begun === session) this.retry(); });
  }

  #takeSound(piece: RecordedPiece): void {
    this.#inTurn((session) => takePiece(session, piece, this.#tellMain));
  }

  /** What is left to do when the session has ended is done by the next one. */
  #inTurn(work: (session: Session) => Promise<void>): void {
    this.#pieces = this.#pieces.then(() => (this.#begun === null ? undefined : work(this.#begun)));
  }

  #session(): Session {
    if (this.#begun === null) throw new Error('the telephone outlived its session');
    return this.#begun;
  }

  #ownerId(): UserId {
    return this.#session().user.userId;
  }

  /** After a commit. */
  #changed(caseIds: readonly CaseId[]): void {
    this.#tell({ what: caseIds.length === 0 ? ['telephone', 'call'] : ['telephone', 'call', 'case', 'worklist', 'today', 'sync'], caseIds: [...caseIds] });
  }

  /** A fact leaves at once, also one of no case: colleagues wait for a missed call. */
  #tell(changed: Parameters<Session['notify']>[0]): void {
    const session = this.#session();
    if (countUnsent(session.db) > 0) afterCommit(session, changed);
    else session.notify(changed);
  }

  #tellAccount(): void {
    this.#tellMain({ type: 'telephone-account', ownerId: this.#ownerId(), account: this.#own?.account ?? null });
  }

  /** Main could not dial: nothing rang, the attempt is taken back. */
  #takeBack({ callId, code }: { callId: CallId; code: string }): void {
    const session = this.#session();
    const call = readTelephoneCall(session.db, callId);
    if (call === null || call.lastNumber > 0 || call.endedAtMs !== null) return;
    session.db.transaction(() => {
      writeTelephoneCall(session.db, { ...call, endedAtMs: session.clock.nowMs() });
      const open = readOpenCall(session.db);
      if (open?.callId === callId) endCall(session, open, 'not-made');
    }).immediate();
    this.#notDialled = { callId, code };
    this.#changed(call.caseId === null ? [] : [call.caseId]);
  }

  /** Calls of a session before that nobody claimed are told without a case; old ones are forgotten. */
  #tidy(): void {
    const session = this.#session();
    session.db.transaction(() => {
      for (const call of readUnclaimedCalls(session.db)) {
        if (!call.isTold && call.endedAtMs !== null) writeTelephoneCall(session.db, tellUnclaimed(session, call));
      }
      forgetTelephoneCalls(session.db, session.clock.nowMs() - KEPT_MS);
    }).immediate();
  }
}
