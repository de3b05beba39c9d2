/**
 * The calls that ring on this desk, and what was asked of the hub about them: in memory, for as long as somebody is signed in.
 *
 *   rings ─▶ one case, not here ─▶ look-up at the hub ─▶ served ─▶ pages are told
 *                     └─ several of one creditor ─▶ their names, when somebody looks at the choice
 *
 * Invariants: each case is asked for once for a call; a hub that is away changes nothing here, and the next look asks again. A card does not
 * wait for this disk: the name is shown from memory, and the case is on the disk before it can be opened (`serve`).
 */
import type { CallId, CaseId } from '../../../shared/id.ts';
import type { Colleague, FoundName, LookUpReply } from '../../../shared/protocol/inbound-protocol.ts';
import { lookAgainReplySchema, lookUpNamesReplySchema, lookUpReplySchema } from '../../../shared/protocol/inbound-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { dropServed, keepServed, noteColleague, readReply, readServed } from '../store/served-cases.ts';
import { storeFailure } from '../store/store-failure.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import { findCallers } from './find-callers.ts';
import { showCaller } from './show-caller.ts';

/** A case that is shown is asked for again so often, while it is somebody else's. */
const AGAIN_AFTER_MS = 10_000;

/** So long a card may take to be painted before the disk is written. */
const KEEP_AFTER_MS = 30;

type Asking = Pick<Session, 'callers' | 'db' | 'sync' | 'clock' | 'notify' | 'telephone' | 'book' | 'siteZone' | 'user'>;

interface Arrived { customerName: string; customerCode: string; creditorName: string; colleague: Colleague | null }

export class Callers {
  readonly #fetching = new Map<CaseId, Promise<Result<null>>>();
  readonly #names = new Map<CaseId, FoundName>();
  /** Came for a ring, and is on its way to the disk. */
  readonly #arrived = new Map<CaseId, Arrived>();
  readonly #naming = new Set<CallId>();
  readonly #gone = new Set<CaseId>();
  readonly #lookedAtMs = new Map<CaseId, number>();

  /** A call comes in: whoever it can only be is asked for at once, and is here while it rings. */
  rang(session: Asking, { callId, ...call }: Pick<TelephoneCall, 'callId' | 'caller' | 'called'>): void {
    const { reached } = findCallers(session, call);
    const [only] = reached;
    if (only === undefined || reached.length > 1) return;
    void this.serve(session, only.caseId, 'ring', callId, KEEP_AFTER_MS);
  }

  /** The case stands here afterwards, or why not. */
  async serve(session: Asking, caseId: CaseId, reason: 'ring' | 'search', callId: CallId | null, keepAfterMs = 0): Promise<Result<null>> {
    const held = session.book.get(caseId, viewContext(session));
    if (held !== null && !held.served && !held.taken) return ok(null);
    const running = this.#fetching.get(caseId) ?? this.#fetch(session, caseId, { reason, callId }, keepAfterMs).finally(() => this.#fetching.delete(caseId));
    this.#fetching.set(caseId, running);
    const done = await running;
    // Without the hub, what was served lately is as it was then.
    return done.ok || held?.served !== true ? done : ok(null);
  }

  isFetching(caseId: CaseId): boolean {
    return this.#fetching.has(caseId);
  }

  isGone(caseId: CaseId): boolean {
    return this.#gone.has(caseId);
  }

  arrivedOf(caseId: CaseId): Arrived | null {
    return this.#arrived.get(caseId) ?? null;
  }

  nameOf(caseId: CaseId): FoundName | null {
    return this.#names.get(caseId) ?? null;
  }

  /** Names of several cases of one creditor, asked for once for a call. */
  askNames(session: Asking, callId: CallId, caseIds: readonly CaseId[]): void {
    if (this.#naming.has(callId) || caseIds.length === 0 || session.sync.network === 'offline') return;
    this.#naming.add(callId);
    void session.sync.ask('POST', '/v1/look-ups/names', lookUpNamesReplySchema, { caseIds: caseIds.slice(0, 20), callId }).then((answer) => {
      if (!answer.ok) {
        this.#naming.delete(callId);
        return;
      }
      for (const row of answer.value.rows) this.#names.set(row.caseId, row);
      session.notify({ what: ['telephone'], caseIds: [] });
    });
  }

  /** A served case is on the screen: what happened to it elsewhere is asked for, not oftener than every ten seconds. */
  looksAt(session: Asking, caseId: CaseId): void {
    const nowMs = session.clock.nowMs();
    const before = this.#lookedAtMs.get(caseId) ?? 0;
    if (session.sync.network === 'offline' || (nowMs >= before && nowMs - before < AGAIN_AFTER_MS)) return;
    this.#lookedAtMs.set(caseId, nowMs);
    void this.#again(session, caseId);
  }

  /** Now and then: what happens elsewhere to the served case of the open call. */
  follow(session: Asking): void {
    const open = readOpenCall(session.db);
    if (open !== null && session.book.get(open.caseId, viewContext(session))?.served === true) this.looksAt(session, open.caseId);
  }

  async #fetch(session: Asking, caseId: CaseId, why: { reason: 'ring' | 'search'; callId: CallId | null }, keepAfterMs: number): Promise<Result<null>> {
    const answer = await session.sync.ask('POST', '/v1/look-ups', lookUpReplySchema, { caseId, ...why });
    if (!answer.ok) {
      if (answer.error.details['hub'] === 'unknown-case') this.#gone.add(caseId);
      session.notify({ what: ['telephone'], caseIds: [] });
      return answer;
    }
    this.#lookedAtMs.set(caseId, session.clock.nowMs());
    if (keepAfterMs > 0 && why.callId !== null) await this.#show(session, why.callId, answer.value, keepAfterMs);
    try {
      if (session.sync.isOver()) return fail('not-signed-in', 'error.notSignedIn');
      return this.#keep(session, answer.value) ? ok(null) : fail('case-not-found', 'error.caseNotFound');
    } catch (error) {
      // A full disk: the next look asks again.
      const failure = storeFailure(error);
      if (failure.error.code === 'store-damaged') throw error;
      return failure;
    } finally {
      this.#arrived.delete(caseId);
    }
  }

  /** The card first. */
  async #show(session: Asking, callId: CallId, reply: LookUpReply, forMs: number): Promise<void> {
    const read = readReply(session.db, reply);
    if (read === null) return;
    const { customer: { name, code }, creditorName } = read;
    this.#arrived.set(reply.caseId, { customerName: name, customerCode: code, creditorName, colleague: reply.colleague });
    const caller = showCaller(session, { callId, creditorId: null });
    session.notify({ what: [], caseIds: [], ...(caller.ok ? { caller: caller.value } : {}) });
    await new Promise((resolve) => { setTimeout(resolve, forMs); });
  }

  async #again(session: Asking, caseId: CaseId): Promise<void> {
    const held = readServed(session.db, caseId);
    if (held === null) return;
    const answer = await session.sync.ask('POST', '/v1/look-ups/again', lookAgainReplySchema, { caseId, etag: held.etag });
    if (!answer.ok) return;
    const reply = answer.value;
    if (reply.state === 'changed') {
      this.#keep(session, reply);
      return;
    }
    if (reply.state === 'same' && JSON.stringify(reply.colleague) === JSON.stringify(held.colleague)) return;
    if (reply.state === 'same') noteColleague(session.db, caseId, reply.colleague);
    else dropServed(session.db, caseId);
    session.notify({ what: ['case', 'telephone'], caseIds: [caseId] });
  }

  #keep(session: Asking, reply: LookUpReply): boolean {
    const { db, clock } = session;
    const isKept = db.transaction(() => keepServed(db, reply, clock.nowMs())).immediate();
    session.notify({ what: ['case', 'call', 'telephone'], caseIds: [reply.caseId] });
    return isKept;
  }
}
