/**
 * Keeps a valid access token on the hub client.
 *
 * Invariants: the refresh token lives in the sealed store; the password is held in memory
 * only after an offline sign-in, until the first time the hub has seen it, right or wrong. A refresh token is good
 * once: one that a full disk did not take is kept in memory, so the session goes on. Tokens of another hub than the store's
 * are never used: what was done for one agency, or in training, cannot reach another one.
 */
import type { HubId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Tokens } from '../../../shared/protocol/session-protocol.ts';
import { refreshReplySchema, signInReplySchema } from '../../../shared/protocol/session-protocol.ts';
import type { Clock } from '../../../shared/time.ts';
import type { Sqlite } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { storeFailure } from '../store/store-failure.ts';
import type { HubClient } from './hub-client.ts';

const RENEW_BEFORE_MS = 60_000;

/** What an offline sign-in typed, and the hub whose store it opened. */
export interface Credentials { username: string; password: string; hubId: HubId }

export class HubTokens {
  #accessExpiresAt = 0;
  #unstored: Tokens | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #db: Sqlite;
  readonly #clock: Clock;
  #credentials: Credentials | null;

  constructor(db: Sqlite, clock: Clock, credentials: Credentials | null) {
    this.#db = db;
    this.#clock = clock;
    this.#credentials = credentials;
  }

  /** Takes tokens that a sign-in or refresh gave. */
  adopt(client: HubClient, tokens: Tokens): void {
    client.accessToken = tokens.accessToken;
    this.#accessExpiresAt = tokens.accessExpiresAt;
    this.#unstored = tokens;
    this.#store();
  }

  /** Makes the hub forget nothing but this token: the next `ensure` asks for a new one. */
  invalidate(): void {
    this.#accessExpiresAt = 0;
  }

  /** One at a time: a refresh token is good once. */
  ensure(client: HubClient, signal: AbortSignal): Promise<Result<null>> {
    const turn = this.#turn.then(() => this.#ensure(client, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #ensure(client: HubClient, signal: AbortSignal): Promise<Result<null>> {
    this.#store();
    if (client.accessToken !== null && this.#accessExpiresAt - RENEW_BEFORE_MS > this.#clock.nowMs()) return ok(null);
    client.accessToken = null;
    if (this.#credentials !== null) return this.#signIn(client, this.#credentials, signal);
    const refreshToken = this.#unstored?.refreshToken ?? readMeta(this.#db, 'refreshToken');
    if (refreshToken === null) return fail('sign-in-again', 'error.signInAgain');
    const reply = await client.requestJson('POST', '/v1/refresh', refreshReplySchema, { body: { refreshToken }, signal });
    if (!reply.ok) return reply.error.code === 'not-authorised' ? fail('sign-in-again', 'error.signInAgain') : reply;
    this.adopt(client, reply.value.tokens);
    return ok(null);
  }

  #store(): void {
    if (this.#unstored === null) return;
    const { refreshToken, refreshExpiresAt } = this.#unstored;
    try {
      this.#db.transaction(() => {
        writeMeta(this.#db, 'refreshToken', refreshToken);
        writeMeta(this.#db, 'refreshExpiresAt', String(refreshExpiresAt));
      }).immediate();
      this.#unstored = null;
    } catch (error) {
      if (storeFailure(error).error.code === 'store-damaged') throw error;
    }
  }

  async #signIn(client: HubClient, { hubId, ...credentials }: Credentials, signal: AbortSignal): Promise<Result<null>> {
    const reply = await client.requestJson('POST', '/v1/sign-in', signInReplySchema, { body: credentials, signal });
    if (!reply.ok && reply.error.code === 'not-authorised') {
      // The password was changed: sent again it would count as guessing and close the account.
      this.#credentials = null;
      return fail('sign-in-again', 'error.signInAgain');
    }
    if (!reply.ok) return reply;
    this.#credentials = null;
    // Another hub answers at this address, and the name and password fit there too: nothing of this store may reach it.
    if (reply.value.hubId !== hubId) return fail('other-hub', 'error.otherHub');
    this.adopt(client, reply.value.tokens);
    return ok(null);
  }
}
