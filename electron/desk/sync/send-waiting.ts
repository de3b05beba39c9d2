/**
 * Sends what signed-out operators left unsent, where the OS keychain can open their stores
 * (design §5); where it cannot, the sign-in screen says whose facts wait.
 *
 * Invariants: runs only while nobody is signed in, one store at a time; `stop` resolves when no
 * store is open, so that a sign-in finds its own free; only pushes, never reads the feed; a disk
 * that takes nothing costs a round, of this store alone.
 */
import { join } from 'node:path';
import type { DeskConfig } from '../../../shared/contract/host-protocol.ts';
import type { Clock } from '../../../shared/time.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import { hasUnsentMark, listAccounts, setUnsentMark, storeFolder } from '../profile/accounts.ts';
import type { Keychain } from '../profile/keychain.ts';
import { readKeyring } from '../profile/keyring.ts';
import { checkpoint, closeAsFound, openStore } from '../store/database.ts';
import { countUnsent } from '../store/fact-store.ts';
import { storeFailure } from '../store/store-failure.ts';
import { HubClient } from './hub-client.ts';
import { HubTokens } from './hub-tokens.ts';
import { pushFacts, reconcileDevice } from './push-facts.ts';
import { uploadAttachments } from './upload-attachments.ts';
import { Waker } from './waker.ts';

const EVERY_MS = 60_000;

export class WaitingSender {
  readonly #config: DeskConfig;
  readonly #clock: Clock;
  readonly #keychain: Keychain;
  readonly #onSent: () => void;
  readonly #waker = new Waker();
  #stopping = new AbortController();
  #running: Promise<void> | null = null;
  hubUrl: string;

  constructor(config: DeskConfig, clock: Clock, keychain: Keychain, onSent: () => void) {
    this.#config = config;
    this.#clock = clock;
    this.#keychain = keychain;
    this.#onSent = onSent;
    this.hubUrl = config.hubUrl;
  }

  start(): void {
    if (this.#running !== null) return;
    this.#stopping = new AbortController();
    this.#running = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waker.wake();
    await this.#running;
    this.#running = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const account of listAccounts(this.#config.profileDir, this.#config.hubKey)) {
        if (this.#stopping.signal.aborted) return;
        const folder = storeFolder(this.#config.profileDir, account);
        if (hasUnsentMark(folder)) await this.#sendStore(folder, signal);
      }
      await this.#waker.wait(EVERY_MS);
    }
  }

  /** A failure leaves the mark; the next round or the operator's own sign-in tries again. */
  async #sendStore(folder: string, signal: AbortSignal): Promise<void> {
    const wrapped = readKeyring(join(folder, 'keyring.json'))?.keychain ?? null;
    const storeKey = wrapped === null ? null : await this.#keychain.unwrap(wrapped);
    if (storeKey === null || signal.aborted) return;
    const opened = openStore({ path: join(folder, 'desk.db'), keyHex: storeKey.toString('hex'), testRuntime: this.#config.testRuntime });
    if (!opened.ok) return;
    const { db } = opened.value;
    try {
      const client = new HubClient(this.hubUrl);
      const tokens = new HubTokens(db, this.#clock, null);
      const ready = await tokens.ensure(client, signal);
      const reconciled = ready.ok ? await reconcileDevice(db, client, signal) : ready;
      const pushed = reconciled.ok ? await pushFacts(db, client, signal, () => undefined) : reconciled;
      if (pushed.ok) {
        await uploadAttachments({
          db, blobs: blobsOf(db), clock: this.#clock, client, signal, budgetMs: Number.POSITIVE_INFINITY, recheck: false, onProgress: () => undefined,
        });
      }
      setUnsentMark(folder, countUnsent(db) > 0);
      checkpoint(db);
    } catch (error) {
      // A full disk: the hub has it and says so again in the next round.
      if (storeFailure(error).error.code !== 'store-damaged') return;
      // The log that stays makes the next opening read every page: the desk that follows finds the damage there and leaves it to the operator's sign-in.
      closeAsFound(db, db.name);
      throw error;
    } finally {
      db.close();
    }
    if (!hasUnsentMark(folder)) this.#onSent();
  }
}
