/**
 * The floor as this process knows it: states, calls for help, who listens; in memory for as long as the person is connected.
 *
 *   a desk tells ──▶ held here ──▶ own desk (`own`) · leads (`helps`) · boards (`people`)
 *        └─ whispered to the other hub processes, which hold the same
 *   the last connection of a person closed, and none came for five seconds ──▶ nothing of that person is left
 *   another process, or this one stopping, says that somebody is gone ──▶ who is connected here stays, and is said again
 *
 * Invariants: no row, no fact, no log, no history (domain §3.11); a state that takes another's place leaves nothing of it. Whispers carry ids
 * and never a name. Whether an agreement covers something is asked by the routes, on the day, each time.
 */
import { z } from 'zod';
import { shownAgentStates } from '../../shared/agent/agent-state.ts';
import type { UserId } from '../../shared/id.ts';
import { newId, userIdSchema } from '../../shared/id.ts';
import type { ListeningId, ListeningWay, OwnState, ReleaseDecision, ReleaseId } from '../../shared/protocol/floor-protocol.ts';
import { listeningIdSchema, listeningWays, releaseDecisions, releaseIdSchema } from '../../shared/protocol/floor-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';

/** A connection is renewed with its token: that is nobody's going. */
const GRACE_MS = 5_000;
/** An operator's screen that has not said so by then cannot be told. */
const TELL_WITHIN_MS = 5_000;

const saidSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), userId: userIdSchema, state: z.enum(shownAgentStates), sinceMs: z.number(), isOver: z.boolean().default(false) }),
  z.object({ kind: z.literal('gone'), userId: userIdSchema }),
  z.object({ kind: z.literal('help'), userId: userIdSchema, isRaised: z.boolean() }),
  z.object({ kind: z.literal('coming'), userId: userIdSchema, byId: userIdSchema }),
  z.object({ kind: z.literal('listening'), userId: userIdSchema, listeningId: listeningIdSchema, byId: userIdSchema, how: z.enum(listeningWays) }),
  z.object({ kind: z.literal('told'), userId: userIdSchema, listeningId: listeningIdSchema }),
  z.object({ kind: z.literal('unheard'), userId: userIdSchema, listeningId: listeningIdSchema }),
  z.object({ kind: z.literal('release'), userId: userIdSchema, releaseId: releaseIdSchema, byId: userIdSchema, reason: z.string() }),
  z.object({ kind: z.literal('released'), userId: userIdSchema, releaseId: releaseIdSchema, answer: z.enum([...releaseDecisions, 'gone']) }),
  z.object({ kind: z.literal('no-states') }),
  /** A process has just started: the others say again what they hold. */
  z.object({ kind: z.literal('who') }),
]);
type Said = z.infer<typeof saidSchema>;
const whisperSchema = z.object({ floorOf: z.string(), said: saidSchema });

export interface Listening { byId: UserId; how: ListeningWay }
export interface OnFloor {
  state: { name: OwnState['state']; sinceMs: number; isOver: boolean } | null;
  help: { comingId: UserId | null } | null;
  listeners: Map<ListeningId, Listening>;
  release: { releaseId: ReleaseId; byId: UserId; reason: string } | null;
}

export class Floor {
  readonly #store: HubStore;
  readonly #clock: Clock;
  readonly #processId = newId<string>();
  readonly #people = new Map<UserId, OnFloor>();
  readonly #connections = new Map<UserId, number>();
  readonly #leaving = new Map<UserId, NodeJS.Timeout>();
  readonly #listeners = new Set<(userId: UserId | null) => void>();
  readonly #untold = new Map<ListeningId, (told: boolean) => void>();
  readonly #undecided = new Map<ReleaseId, (answer: ReleaseDecision | 'gone') => void>();
  readonly #stopHearing: () => void;

  constructor(store: HubStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#stopHearing = store.onWhisper((text) => { this.#hear(text); });
    this.#whisper({ kind: 'who' });
  }

  /** Ends timers and listening; what it held is gone with it, and whoever was connected here is gone for the others. */
  stop(): void {
    this.#stopHearing();
    for (const userId of this.#people.keys()) {
      if (this.#connections.has(userId) || this.#leaving.has(userId)) this.#whisper({ kind: 'gone', userId });
    }
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    for (const resolve of this.#untold.values()) resolve(false);
    for (const resolve of this.#undecided.values()) resolve('gone');
  }

  /** Called with whose things changed; null: everybody's. Answers how to stop. */
  onChange(listener: (userId: UserId | null) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  of(userId: UserId): OnFloor {
    return this.#people.get(userId) ?? { state: null, help: null, listeners: new Map(), release: null };
  }

  everybody(): [UserId, OnFloor][] {
    return [...this.#people];
  }

  /** A desk of this person is connected; answers what to call when that is over. */
  connect(userId: UserId): () => void {
    clearTimeout(this.#leaving.get(userId));
    this.#leaving.delete(userId);
    this.#connections.set(userId, (this.#connections.get(userId) ?? 0) + 1);
    return () => {
      const left = (this.#connections.get(userId) ?? 1) - 1;
      if (left > 0) {
        this.#connections.set(userId, left);
        return;
      }
      this.#connections.delete(userId);
      const timer = setTimeout(() => {
        this.#leaving.delete(userId);
        if (this.#people.has(userId)) this.#say({ kind: 'gone', userId });
      }, GRACE_MS);
      timer.unref();
      this.#leaving.set(userId, timer);
    };
  }

  /** Signed out: at once. */
  leave(userId: UserId): void {
    if (this.#people.has(userId)) this.#say({ kind: 'gone', userId });
  }

  tellState(userId: UserId, { state, forMs, isOver }: OwnState): void {
    this.#say({ kind: 'state', userId, state, sinceMs: this.#clock.nowMs() - forMs, isOver });
  }

  /** No agreement covers them any more. */
  forgetStates(): void {
    if ([...this.#people.values()].some(({ state }) => state !== null)) this.#say({ kind: 'no-states' });
  }

  askHelp(userId: UserId, isRaised: boolean): void {
    if ((this.of(userId).help !== null) !== isRaised) this.#say({ kind: 'help', userId, isRaised });
  }

  /** False: nobody asks for it any more. */
  answerHelp(userId: UserId, byId: UserId): boolean {
    if (this.of(userId).help === null) return false;
    this.#say({ kind: 'coming', userId, byId });
    return true;
  }

  /** Resolves with true once the operator's screen says that somebody listens; false: it could not be told, and nothing is left of it. */
  async announceListening(userId: UserId, listeningId: ListeningId, listening: Listening): Promise<boolean> {
    const told = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => { resolve(false); }, TELL_WITHIN_MS);
      this.#untold.set(listeningId, (isTold) => {
        clearTimeout(timer);
        resolve(isTold);
      });
      this.#say({ kind: 'listening', userId, listeningId, ...listening });
    });
    this.#untold.delete(listeningId);
    if (!told) this.#say({ kind: 'unheard', userId, listeningId });
    return told;
  }

  /** False: nobody listens to this person under that id. */
  confirmListening(userId: UserId, listeningId: ListeningId): boolean {
    if (!this.of(userId).listeners.has(listeningId)) return false;
    this.#say({ kind: 'told', userId, listeningId });
    return true;
  }

  /** By whoever listens or is listened to; false: there is none of theirs. */
  endListening(askingId: UserId, listeningId: ListeningId): boolean {
    const found = this.everybody().find(([, { listeners }]) => listeners.has(listeningId));
    if (found === undefined) return false;
    const [userId, { listeners }] = found;
    if (askingId !== userId && listeners.get(listeningId)?.byId !== askingId) return false;
    this.#say({ kind: 'unheard', userId, listeningId });
    return true;
  }

  /** Resolves with what the operator's desk decided; `gone`: it said nothing in time, and nothing is left of it. */
  async askRelease(userId: UserId, releaseId: ReleaseId, asking: { byId: UserId; reason: string }): Promise<ReleaseDecision | 'gone'> {
    const answer = await new Promise<ReleaseDecision | 'gone'>((resolve) => {
      const timer = setTimeout(() => { resolve('gone'); }, TELL_WITHIN_MS);
      this.#undecided.set(releaseId, (decided) => {
        clearTimeout(timer);
        resolve(decided);
      });
      this.#say({ kind: 'release', userId, releaseId, ...asking });
    });
    this.#undecided.delete(releaseId);
    if (answer === 'gone') this.#say({ kind: 'released', userId, releaseId, answer });
    return answer;
  }

  /** By the desk of whoever is meant; false: nobody asks for it any more. */
  answerRelease(userId: UserId, releaseId: ReleaseId, answer: ReleaseDecision): boolean {
    if (this.of(userId).release?.releaseId !== releaseId) return false;
    this.#say({ kind: 'released', userId, releaseId, answer });
    return true;
  }

  #say(said: Said): void {
    this.#take(said);
    this.#whisper(said);
  }

  #whisper(said: Said): void {
    // Unheard by another process, it is said again with the next change; nothing waits for it here.
    this.#store.whisper(JSON.stringify({ floorOf: this.#processId, said })).catch(() => undefined);
  }

  #hear(text: string): void {
    const heard = whisperSchema.safeParse(parseJson(text));
    if (!heard.success || heard.data.floorOf === this.#processId) return;
    const { said } = heard.data;
    if (said.kind === 'who') for (const userId of this.#connections.keys()) this.#sayAgain(userId);
    else if (said.kind === 'gone' && this.#connections.has(said.userId)) this.#sayAgain(said.userId);
    else this.#take(said);
  }

  #sayAgain(userId: UserId): void {
    const { state, help, listeners } = this.of(userId);
    if (state !== null) this.#whisper({ kind: 'state', userId, state: state.name, sinceMs: state.sinceMs, isOver: state.isOver });
    if (help !== null) this.#whisper({ kind: 'help', userId, isRaised: true });
    if (help?.comingId != null) this.#whisper({ kind: 'coming', userId, byId: help.comingId });
    for (const [listeningId, listening] of listeners) this.#whisper({ kind: 'listening', userId, listeningId, ...listening });
  }

  #take(said: Said): void {
    if (said.kind === 'who') return;
    if (said.kind === 'no-states') {
      for (const person of this.#people.values()) person.state = null;
      this.#changed(null);
      return;
    }
    if (said.kind === 'gone') this.#people.delete(said.userId);
    else this.#change(this.#hold(said.userId), said);
    this.#changed(said.userId);
  }

  #change(person: OnFloor, said: Exclude<Said, { kind: 'who' | 'no-states' | 'gone' }>): void {
    switch (said.kind) {
      case 'state':
        person.state = { name: said.state, sinceMs: said.sinceMs, isOver: said.isOver };
        return;
      case 'help':
        person.help = said.isRaised ? { comingId: null } : null;
        return;
      case 'coming':
        if (person.help !== null) person.help = { comingId: said.byId };
        return;
      case 'listening':
        person.listeners.set(said.listeningId, { byId: said.byId, how: said.how });
        return;
      case 'told':
        this.#untold.get(said.listeningId)?.(true);
        return;
      case 'unheard':
        person.listeners.delete(said.listeningId);
        this.#untold.get(said.listeningId)?.(false);
        return;
      case 'release':
        person.release = { releaseId: said.releaseId, byId: said.byId, reason: said.reason };
        return;
      case 'released':
        if (person.release?.releaseId === said.releaseId) person.release = null;
        this.#undecided.get(said.releaseId)?.(said.answer);
    }
  }

  #hold(userId: UserId): OnFloor {
    const person = this.of(userId);
    this.#people.set(userId, person);
    return person;
  }

  #changed(userId: UserId | null): void {
    for (const listener of this.#listeners) listener(userId);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
