/**
 * Who is connected now: an open live connection, or a feed read in the last two minutes.
 *
 * Invariants: in memory only, never written and without a history (domain §3.11); it answers one question, whether a
 * callback's operator can take it. Several hub processes tell each other, by messages that nobody keeps; one that has
 * just started knows nobody yet and says so.
 */
import { z } from 'zod';
import type { UserId } from '../../shared/id.ts';
import { userIdSchema } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';

export const PRESENT_FOR_MS = 2 * 60_000;
/** What is said at once fits a message of PostgreSQL (8,000 bytes). */
const PEOPLE_PER_WHISPER = 150;
const whisperSchema = z.object({ present: z.array(userIdSchema) });

export class Presence {
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  readonly #seen = new Map<UserId, number>();
  readonly #heard = new Map<UserId, number>();
  readonly #live = new Map<UserId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAtMs = clock.nowMs();
  }

  /** A desk of this person asked for its feed. */
  note(userId: UserId): void {
    this.#seen.set(userId, this.#clock.nowMs());
  }

  /** A live connection opened; answers what to call when it is over. */
  open(userId: UserId): () => void {
    this.#live.set(userId, (this.#live.get(userId) ?? 0) + 1);
    this.note(userId);
    return () => {
      const left = (this.#live.get(userId) ?? 1) - 1;
      if (left === 0) this.#live.delete(userId);
      else this.#live.set(userId, left);
    };
  }

  /** Signed out: gone as soon as the connection is; another desk of the same person says so by itself. */
  forget(userId: UserId): void {
    this.#seen.delete(userId);
    this.#heard.delete(userId);
  }

  isPresent(userId: UserId): boolean {
    if (this.#live.has(userId)) return true;
    const lastMs = Math.max(this.#seen.get(userId) ?? 0, this.#heard.get(userId) ?? 0);
    return lastMs > this.#clock.nowMs() - PRESENT_FOR_MS;
  }

  everybody(): UserId[] {
    return [...new Set([...this.#live.keys(), ...this.#seen.keys(), ...this.#heard.keys()])].filter((userId) => this.isPresent(userId));
  }

  /** False at first: desks and other hubs have not had the time to say. */
  get isSure(): boolean {
    return this.#clock.nowMs() - this.#startedAtMs >= PRESENT_FOR_MS;
  }

  /** Tells the other hub processes who is connected here, and forgets whom nobody has seen for long. */
  async tell(store: HubStore): Promise<void> {
    for (const seen of [this.#seen, this.#heard]) {
      for (const userId of seen.keys()) if (!this.isPresent(userId)) seen.delete(userId);
    }
    const here = [...new Set([...this.#live.keys(), ...this.#seen.keys()])];
    for (let start = 0; start < here.length; start += PEOPLE_PER_WHISPER) {
      await store.whisper(JSON.stringify({ present: here.slice(start, start + PEOPLE_PER_WHISPER) }));
    }
  }

  /** What another hub process said; anything else is left alone. */
  hear(text: string): void {
    const said = whisperSchema.safeParse(parseJson(text));
    if (!said.success) return;
    for (const userId of said.data.present) this.#heard.set(userId, this.#clock.nowMs());
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
