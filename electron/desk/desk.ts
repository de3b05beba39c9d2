/**
 * The desk: who is signed in, and what the pages ask of it.
 *
 *     ┌────────────┐  sign-in  ┌───────────┐
 *  ──▶│ signed out │──────────▶│ signed in │  one session: one store, one sync loop
 *     └────────────┘◀──────────└───────────┘
 *                     sign-out
 *
 * Invariants: sign-in and sign-out are serialised; nothing is answered that does not parse by
 * the contract; nothing is acknowledged before it is committed; a session begins whole or not at all,
 * with the hub where it is by then.
 */
import type { CommandOutput, CommandRequest } from '../../shared/contract/contract.ts';
import type { DeskConfig } from '../../shared/contract/host-protocol.ts';
import type { MainToDeskTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import type { CaseId } from '../../shared/id.ts';
import { mayDecide } from '../../shared/facts/decision-rules.ts';
import { hubInfoSchema } from '../../shared/protocol/session-protocol.ts';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Clock } from '../../shared/time.ts';
import { blobsOf } from './attachments/attachment-blobs.ts';
import type { SignedIn } from './commands/sign-in.ts';
import { setUpAgency } from './commands/set-up-agency.ts';
import { resumeSession, resumeTicket, signIn, signInFailure } from './commands/sign-in.ts';
import { closeInterruptedCalls } from './conduct/end-call.ts';
import { forgetOldNotes } from './contacts/contact-task-store.ts';
import { DeskFloor } from './floor/desk-floor.ts';
import { Callers } from './inbound/callers.ts';
import { setUnsentMark } from './profile/accounts.ts';
import type { Keychain } from './profile/keychain.ts';
import { CaseBook } from './projections/case-book.ts';
import { rebuildListWhereOld } from './projections/case-list.ts';
import { showSession } from './queries/show-session.ts';
import { showSync } from './queries/show-sync.ts';
import { DayAndLease } from './day-and-lease.ts';
import type { Changed, DeskListener } from './desk-listener.ts';
import { ListsChanged } from './lists-changed.ts';
import type { Printer } from './printing/printer.ts';
import type { Session } from './session.ts';
import { checkpoint, closeAsFound } from './store/database.ts';
import { countUnsent } from './store/fact-store.ts';
import { markPractice, ruleKinds } from './store/house-rules.ts';
import { leaseOf } from './store/lease-watch.ts';
import { readMeta } from './store/meta.ts';
import { adoptLostAttachments } from './store/attachment-store.ts';
import { acknowledgeSalvage, readSalvageNotice } from './store/salvage-store.ts';
import { storeFailure } from './store/store-failure.ts';
import { writeWitness } from './store/witness.ts';
import type { FeedChanges } from './sync/apply-feed-page.ts';
import { HubClient } from './sync/hub-client.ts';
import type { Credentials } from './sync/hub-tokens.ts';
import { HubTokens } from './sync/hub-tokens.ts';
import { WaitingSender } from './sync/send-waiting.ts';
import { SyncLoop } from './sync/sync-loop.ts';
import { DeskTelephone } from './telephone/desk-telephone.ts';

const CHECKPOINT_EVERY_MS = 2_000;
const HUB_QUESTION_TIMEOUT_MS = 5_000;

export class Desk {
  session: Session | null = null;
  hubReachable = true;
  /** Whether somebody must set the hub up first; `unknown` until it was asked. */
  setup: 'unknown' | 'needed' | 'done' = 'unknown';
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly printer: Printer;
  readonly #listener: DeskListener;
  readonly #keychain: Keychain;
  readonly #waiting: WaitingSender;
  #hubUrl: string;
  #turn: Promise<unknown> = Promise.resolve();
  #checkpointTimer: NodeJS.Timeout | null = null;
  readonly #watch: DayAndLease;
  readonly #lists = new ListsChanged();
  #telephone: DeskTelephone | null = null;

  constructor(config: DeskConfig, clock: Clock, keychain: Keychain, listener: DeskListener) {
    this.config = config;
    this.clock = clock;
    this.#listener = listener;
    this.printer = listener.printer;
    this.#hubUrl = config.hubUrl;
    this.#keychain = keychain;
    this.#watch = new DayAndLease(clock, config.siteZone);
    this.#waiting = new WaitingSender(config, clock, keychain, () => listener.onChanged({ what: ['session'], caseIds: [] }));
  }

  /** Nobody is signed in yet: say whether the hub answers, and let leave what waits on this PC. */
  start(): void {
    this.#waiting.start();
    void this.#askHub();
  }

  /** The embedded hub came back on another port. */
  moveHub(hubUrl: string): void {
    this.#hubUrl = hubUrl;
    this.#waiting.hubUrl = hubUrl;
    if (this.session === null) void this.#askHub();
    else this.session.sync.useClient(new HubClient(hubUrl));
  }

  /** The first administrator of an empty hub, signed in at once. */
  async setUp(input: CommandRequest<'set-up-agency'>): Promise<Result<CommandOutput<'set-up-agency'>>> {
    if (this.session !== null) return fail('already-signed-in', 'error.alreadySetUp');
    const done = await setUpAgency(new HubClient(this.#hubUrl), input);
    if (!done.ok) return done;
    const signedIn = await this.signIn(input);
    if (done.value.wasFirst || signedIn.ok) this.setup = 'done';
    if (signedIn.ok || done.value.wasFirst || signedIn.error.retryable) return signedIn;
    this.setup = 'done';
    this.#listener.onChanged({ what: ['session'], caseIds: [] });
    return fail('already-set-up', 'error.alreadySetUp');
  }

  signIn(input: CommandRequest<'sign-in'>): Promise<Result<CommandOutput<'sign-in'>>> {
    return this.#inTurn(async () => {
      if (this.session !== null) return fail('already-signed-in', 'error.unexpected', { reason: 'already signed in' });
      await this.#waiting.stop();
      const signedIn = await signIn(this.config, new HubClient(this.#hubUrl), this.#keychain, this.clock, input);
      this.hubReachable = signedIn.ok ? signedIn.value.hub !== null : signedIn.error.code !== 'unknown-account-offline';
      if (!signedIn.ok) {
        this.#waiting.start();
        return signedIn;
      }
      const credentials = signedIn.value.hub === null ? { username: input.username, password: input.password, hubId: signedIn.value.account.hubId } : null;
      const begun = this.#tryToBegin(signedIn.value, credentials);
      if (!begun.ok) {
        this.#waiting.start();
        return signInFailure(begun.error);
      }
      return ok(showSession(this));
    });
  }

  /** Goes on with the session of a desk that died. */
  resume(ticket: string): Result<null> {
    const resumed = resumeSession(this.config, this.clock, ticket);
    if (!resumed.ok) return resumed;
    return this.#tryToBegin(resumed.value, null);
  }

  /** A page turns out damaged only now: the log that stays makes the next opening read them all. What had begun of the session ends with it. */
  #tryToBegin(signedIn: SignedIn, credentials: Credentials | null): Result<null> {
    const { db } = signedIn.store;
    try {
      this.#begin(signedIn, credentials);
      return ok(null);
    } catch (error) {
      this.#leave();
      closeAsFound(db, db.name);
      return storeFailure(error);
    }
  }

  #begin(signedIn: SignedIn, credentials: Credentials | null): void {
    const client = new HubClient(this.#hubUrl);
    const { account, folder, store, hub } = signedIn;
    const tokens = new HubTokens(store.db, this.clock, credentials);
    if (hub !== null) tokens.adopt(client, hub.tokens);
    if (this.config.demo) markPractice(store.db);
    const book = new CaseBook(store.db);
    if (readSalvageNotice(store.db) !== null) adoptLostAttachments(store.db);
    blobsOf(store.db).sweep(store.db);
    const context = { nowMs: this.clock.nowMs(), zone: this.config.siteZone, userId: account.user.userId };
    rebuildListWhereOld(store.db, context);
    const floor = new DeskFloor();
    const telephone = new DeskTelephone(this.#listener.onTelephone, this.config.practiceLine);
    const sync = new SyncLoop(store.db, client, tokens, this.clock, { zone: context.zone, userId: context.userId }, {
      onState: () => this.#onSyncState(), onChanges: (changes) => this.#onFeed(changes), onUpload: (caseId) => this.#onUpload(caseId),
      onFloor: (event, data) => { floor.hear(event, data); },
      onDirectory: () => this.#listener.onChanged({ what: ['telephone'], caseIds: [] }),
    });
    this.session = {
      user: account.user, hubId: account.hubId, folder, db: store.db, encrypted: store.encrypted, book, sync, clock: this.clock,
      siteZone: this.config.siteZone, agencyName: readMeta(store.db, 'agencyName') ?? 'Premura', telephone, callers: new Callers(), floor, notify: this.#listener.onChanged,
    };
    this.#telephone = telephone;
    for (const part of [telephone, floor]) part.begin(this.session);
    closeInterruptedCalls(this.session);
    forgetOldNotes(store.db, this.clock.nowMs());
    this.#watch.leaseChanged(this.session);
    this.#checkpointTimer = setInterval(() => {
      leaseOf(store.db).keep();
      checkpoint(store.db);
      telephone.retry();
      this.session?.callers.follow(this.session);
      floor.follow();
      if (this.#watch.leaseChanged(this.session)) this.#listener.onChanged({ what: ['worklist'], caseIds: [] });
      if (this.#watch.dayChanged()) this.#listener.onChanged({ what: ['worklist', 'case', 'today', 'floor'], caseIds: [] });
    }, CHECKPOINT_EVERY_MS);
    this.#listener.onSession(resumeTicket(signedIn));
    sync.start();
    this.#listener.onChanged({ what: ['session', 'worklist', 'sync', 'today', 'incoming', 'flags'], caseIds: [] });
  }

  signOut(): Promise<Result<CommandOutput<'sign-out'>>> {
    return this.#inTurn(async () => {
      await this.#close('signed-out');
      this.#waiting.start();
      this.#listener.onChanged({ what: ['session', 'sync'], caseIds: [] });
      return ok(showSession(this));
    });
  }

  /** Runs before the process ends: last transaction done, log moved into the file. */
  async shutdown(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#waiting.stop();
      await this.#close();
    });
  }

  acknowledgeSalvage(): Result<CommandOutput<'acknowledge-salvage'>> {
    if (this.session === null) return fail('not-signed-in', 'error.notSignedIn');
    acknowledgeSalvage(this.session.db);
    this.#listener.onChanged({ what: ['session'], caseIds: [] });
    return ok(showSession(this));
  }

  syncNow(): CommandOutput<'sync-now'> {
    this.session?.sync.retryNow();
    return showSync(this.session);
  }

  async #close(why: 'signed-out' | 'process-ends' = 'process-ends'): Promise<void> {
    const { session } = this;
    if (session === null) return;
    this.#leave();
    this.#listener.onSession(null);
    await session.sync.stop();
    if (why === 'signed-out') await session.sync.endLease();
    setUnsentMark(session.folder, countUnsent(session.db) > 0);
    writeWitness(session.db, session.db.name);
    checkpoint(session.db);
    session.db.close();
  }

  /** Nobody is signed in from here on: the line is left, and nothing reads the store by itself. */
  #leave(): void {
    const parts = [this.session?.floor, this.#telephone];
    this.session = null;
    this.#telephone = null;
    for (const part of parts) part?.end();
    if (this.#checkpointTimer !== null) clearInterval(this.#checkpointTimer);
  }

  #onSyncState(): void {
    const { session } = this;
    if (session === null) return;
    if (session.sync.problem?.code === 'store-damaged') throw new Error('the store is damaged');
    this.hubReachable = session.sync.network !== 'offline';
    session.floor.networkIs(session.sync.network);
    this.#telephone?.networkIs(session.sync.network);
    setUnsentMark(session.folder, countUnsent(session.db) > 0);
    writeWitness(session.db, session.db.name);
    this.#listener.onChanged({ what: ['sync'], caseIds: [] });
  }

  /** What main tells of the line; of nobody who is signed in here, it waits there. */
  receiveTelephone(message: MainToDeskTelephone): void {
    this.#telephone?.receive(message);
  }

  #onUpload(caseId: CaseId): void {
    if (this.session === null) return;
    setUnsentMark(this.session.folder, countUnsent(this.session.db) > 0);
    this.#listener.onChanged({ what: ['case', 'sync'], caseIds: [caseId] });
  }

  #onFeed(changes: FeedChanges): void {
    const { session } = this;
    if (session === null) return;
    const what: Changed['what'] = ['sync'];
    if (changes.snapshot || changes.kinds.has('case')) what.push('worklist', 'case');
    if (this.#watch.leaseChanged(this.session)) what.push('worklist');
    if (ruleKinds.some((kind) => changes.kinds.has(kind))) what.push('worklist', 'case', 'call', 'floor');
    for (const [kind, topic] of [['incoming', 'incoming'], ['flag', 'flags'], ['message', 'messages'], ['contact-task', 'contacts']] as const) if (changes.snapshot || changes.kinds.has(kind)) what.push(topic);
    if (mayDecide(session.user.role)) this.#lists.say(session);
    this.#listener.onChanged({ what, caseIds: changes.caseIds });
  }

  async #askHub(): Promise<void> {
    const hub = await new HubClient(this.#hubUrl).requestJson('GET', '/v1/hub', hubInfoSchema, { timeoutMs: HUB_QUESTION_TIMEOUT_MS });
    const setup = hub.ok && hub.value.needsSetup ? 'needed' : 'done';
    if (this.session !== null || (hub.ok === this.hubReachable && setup === this.setup)) return;
    this.hubReachable = hub.ok;
    this.setup = setup;
    this.#listener.onChanged({ what: ['session'], caseIds: [] });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}
