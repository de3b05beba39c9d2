/**
 * The desk's end of the floor: what the hub told lately, what this operator told, to whom this lead listens.
 *
 * Invariants: in memory only, gone with the session; the state goes to the hub only while the agreement covers it on the day, and is forgotten
 * here where it does not; whoever is connected anew says again what still holds, for the hub keeps nothing. A code of the exchange is dialled
 * only after the hub said that the operator's screen tells of it. A lead's word never ends a wrap-up: this desk decides, by its own copy of the
 * agreement, the line and whether somebody is typing.
 */
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import { TYPED_TOLD_EVERY_MS } from '../../../shared/contract/floor-channels.ts';
import type { UserId } from '../../../shared/id.ts';
import type { ListeningId, ListeningWay, OwnFloor, OwnState, ReleaseDecision, ReleaseId } from '../../../shared/protocol/floor-protocol.ts';
import { helpsSchema, listeningReplySchema, ownFloorSchema, quietFloor, releaseReplySchema } from '../../../shared/protocol/floor-protocol.ts';
import type { AgreementScope, WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { agreementCovers } from '../../../shared/protocol/workers-agreement-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { dateOfInstant, monotonicMs } from '../../../shared/time.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { z } from 'zod';
import { putCallAside } from '../conduct/put-aside.ts';
import { parseJson } from '../profile/json-file.ts';
import { inWords } from '../office/ask-office.ts';
import type { Session } from '../session.ts';
import { readWorkersAgreement } from '../store/house-rules.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import { storeFailure } from '../store/store-failure.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';

type FloorSession = Pick<Session, 'db' | 'sync' | 'clock' | 'siteZone' | 'notify'>;
const nothing = z.object({});

export class DeskFloor {
  #session: FloorSession | null = null;
  #own = quietFloor;
  #helps: FloorScreen['helps'] = [];
  #state: { name: OwnState['state']; sinceMs: number; isOver: boolean } | null = null;
  #typedAtMs = -Infinity;
  #asked: ReleaseId | null = null;
  #released: FloorScreen['released'] = null;
  #asksHelp = false;
  #listening: FloorScreen['listening'] = null;
  #isTelling = false;
  #isAnew = false;
  #kept: OwnFloor['listeners'] = [];
  #network: SyncLoop['network'] = 'connecting';

  begin(session: FloorSession): void {
    this.#session = session;
  }

  end(): void {
    this.#session = null;
  }

  show(): FloorScreen {
    return {
      followedBy: this.#agreementOn('named-states'), heardBy: this.#agreementOn('listening'), own: this.#own, helps: this.#helps, listening: this.#listening, released: this.#released,
    };
  }

  /**
   * An event of the hub; one that this build does not know, or cannot read, is left alone, and the stream goes on: whoever would listen is not
   * confirmed then, so nothing is dialled.
   */
  hear(event: string, data: string): void {
    if (event === 'own') {
      const own = ownFloorSchema.safeParse(parseJson(data)).data;
      if (own === undefined) return;
      this.#takeOwn(own);
    } else if (event === 'helps') {
      this.#helps = helpsSchema.safeParse(parseJson(data)).data?.helps ?? this.#helps;
    } else return;
    this.#changed();
  }

  /**
   * A hub that has just started knows of no listener: whoever listened when the line went may do so still. They stay on the screen until they
   * are told and untold again, or the call is over.
   */
  #takeOwn(told: OwnFloor): void {
    const isTold = (listeningId: ListeningId): boolean => told.listeners.some((one) => one.listeningId === listeningId);
    if (this.#isAnew) this.#kept = this.#own.listeners;
    this.#isAnew = false;
    for (const { listeningId } of this.#kept) if (isTold(listeningId)) void this.confirmListening(listeningId);
    this.#kept = this.#kept.filter(({ listeningId }) => !isTold(listeningId));
    this.#own = { ...told, listeners: [...told.listeners, ...this.#kept] };
    if (told.release !== null && told.release.releaseId !== this.#asked) this.#decideRelease(told.release);
  }

  /** A connection that stands anew is told what still holds; without one nobody knows who asks for help. */
  networkIs(network: SyncLoop['network']): void {
    if (network === this.#network) return;
    this.#network = network;
    if (network === 'online') this.#sayAgain();
    else this.#forgetHelps();
  }

  #sayAgain(): void {
    this.#isAnew = true;
    void this.#tellState();
    if (this.#asksHelp) void this.#ask('PUT', '/v1/floor/help', { isRaised: true });
    const listening = this.#listening;
    if (listening !== null) void this.#ask('POST', '/v1/floor/listening', { userId: listening.userId, how: listening.how, listeningId: listening.listeningId });
  }

  /** What was said of this operator's own call stays until it is unsaid. */
  #forgetHelps(): void {
    if (this.#helps.length === 0) return;
    this.#helps = [];
    this.#changed();
  }

  get listening(): FloorScreen['listening'] {
    return this.#listening;
  }

  tellState({ state, forMs, isOver }: OwnState): void {
    this.#state = this.#agreementOn('named-states') === null ? null : { name: state, sinceMs: monotonicMs() - forMs, isOver };
    void this.#tellState();
  }

  /** Somebody typed just now. */
  typed(): void {
    this.#typedAtMs = monotonicMs();
  }

  /** A lead asks; answers what the operator's desk did. */
  async releaseWrapUp(userId: UserId, reason: string): Promise<Result<z.output<typeof releaseReplySchema>>> {
    const answer = await this.#hub().sync.ask('POST', `/v1/floor/people/${userId}/release`, releaseReplySchema, { reason }, ANNOUNCED_WITHIN_MS);
    return answer.ok ? answer : { ok: false, error: inWords(answer.error) };
  }

  /** The operator has read who did it and why. */
  closeRelease(): void {
    this.#released = null;
    this.#changed();
  }

  #decideRelease({ releaseId, byName, reason }: NonNullable<OwnFloor['release']>): void {
    this.#asked = releaseId;
    const answer = this.#letOut();
    if (answer === 'done') {
      this.#released = { byName, reason };
      this.#session?.notify({ what: ['call'], caseIds: [] });
    }
    void this.#ask('POST', `/v1/floor/releases/${releaseId}/answer`, { answer });
  }

  #letOut(): ReleaseDecision {
    if (this.#session === null || this.#agreementOn('named-states') === null) return 'not-covered';
    if (monotonicMs() - this.#typedAtMs < TYPING_MS) return 'just-typing';
    const { db, clock } = this.#session;
    try {
      const put = db.transaction(() => putCallAside({ db, clock }, null)).immediate();
      return put.ok ? 'done' : decisionOf[put.error.code] ?? 'nothing-to-release';
    } catch (error) {
      // A full disk: the call stays in front, and nothing was done.
      if (storeFailure(error).error.code === 'store-damaged') throw error;
      return 'nothing-to-release';
    }
  }

  async askHelp(isRaised: boolean): Promise<Result<null>> {
    this.#asksHelp = isRaised;
    const asked = await this.#ask('PUT', '/v1/floor/help', { isRaised });
    if (!asked.ok && isRaised) this.#asksHelp = false;
    return asked;
  }

  answerHelp(userId: UserId): Promise<Result<null>> {
    return this.#ask('POST', `/v1/floor/help/${userId}/answer`, {});
  }

  confirmListening(listeningId: ListeningId): Promise<Result<null>> {
    return this.#ask('POST', `/v1/floor/listening/${listeningId}/told`, {});
  }

  /** Answers the number to dial once the operator's screen says that somebody listens. */
  async announceListening(userId: UserId, how: ListeningWay): Promise<Result<{ listeningId: ListeningId; number: DialNumber }>> {
    const answer = await this.#hub().sync.ask('POST', '/v1/floor/listening', listeningReplySchema, { userId, how }, ANNOUNCED_WITHIN_MS);
    return answer.ok ? answer : { ok: false, error: inWords(answer.error) };
  }

  /** After the commit of its permit. */
  listens(listening: NonNullable<FloorScreen['listening']>): void {
    this.#listening = listening;
    this.#changed();
  }

  async endListening(listeningId: ListeningId): Promise<void> {
    if (this.#listening?.listeningId === listeningId) {
      this.#listening = null;
      this.#changed();
    }
    await this.#ask('DELETE', `/v1/floor/listening/${listeningId}`);
  }

  /** This operator's call is over: whoever listened to it does so no more. */
  async dropListeners(): Promise<void> {
    const { listeners } = this.#own;
    this.#kept = [];
    this.#own = { ...this.#own, listeners: [] };
    this.#changed();
    for (const { listeningId } of listeners) await this.#ask('DELETE', `/v1/floor/listening/${listeningId}`);
  }

  /** Now and then, and when the line told something: a listening ends with its call. */
  follow(): void {
    if (this.#session === null || this.#listening === null) return;
    const call = readTelephoneCall(this.#session.db, this.#listening.callId);
    if (call === null || call.endedAtMs !== null) void this.endListening(this.#listening.listeningId);
  }

  #agreementOn(scope: AgreementScope): WorkersAgreementEntity | null {
    if (this.#session === null) return null;
    const { db, clock, siteZone } = this.#session;
    const agreement = readWorkersAgreement(db);
    return agreementCovers(agreement, scope, dateOfInstant(clock.nowMs(), siteZone)) ? agreement : null;
  }

  /** One at a time; what is told is the newest. */
  async #tellState(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    let told: unknown = null;
    while (this.#session !== null && this.#state !== null && this.#state !== told) {
      const { name, sinceMs, isOver } = this.#state;
      told = this.#state;
      if (this.#agreementOn('named-states') === null) this.#state = null;
      else await this.#ask('PUT', '/v1/floor/state', { state: name, forMs: Math.max(0, Math.round(monotonicMs() - sinceMs)), isOver });
    }
    this.#isTelling = false;
  }

  async #ask(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Result<null>> {
    if (this.#session === null) return ok(null);
    const answer = await this.#session.sync.ask(method, path, nothing, body);
    return answer.ok ? ok(null) : { ok: false, error: inWords(answer.error) };
  }

  #hub(): FloorSession {
    if (this.#session === null) throw new Error('the floor outlived its session');
    return this.#session;
  }

  #changed(): void {
    this.#session?.notify({ what: ['floor'], caseIds: [] });
  }
}

/** Nobody is taken out of what they are writing; a page tells that it is typed in at most this much later. */
const TYPING_MS = 60_000 + TYPED_TOLD_EVERY_MS;
/** Of a call by hand nobody knows whether it is over. */
const decisionOf: Readonly<Record<string, ReleaseDecision>> = { 'call-still-talking': 'still-talking', 'call-by-hand': 'still-talking', 'too-many-waiting': 'too-many-waiting' };

/** The hub waits for the operator's screen. */
const ANNOUNCED_WITHIN_MS = 12_000;
