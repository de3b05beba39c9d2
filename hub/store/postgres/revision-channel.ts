/**
 * LISTEN for revisions that other hub processes gave, and for what they whisper.
 *
 * Invariant: this is a hint for speed. A lost connection is opened again; what was missed meanwhile is found by the
 * sequencer's run every second. There is one client at a time, and one plan for the next: a client that was listening
 * ends once, and one that never came to listen is ended and only fails its opening.
 */
import type { ClientConfig } from 'pg';
import pg from 'pg';

const RECONNECT_MS = 1000;

export class RevisionChannel {
  static readonly channelName = 'premura_revision';
  /** What hub processes tell each other and nobody keeps. */
  static readonly whisperName = 'premura_whisper';
  readonly #config: ClientConfig;
  readonly #onRevision: (revision: number) => void;
  readonly #onWhisper: (text: string) => void;
  readonly #onError: (error: unknown) => void;
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(config: ClientConfig, onRevision: (revision: number) => void, onWhisper: (text: string) => void, onError: (error: unknown) => void) {
    this.#config = config;
    this.#onRevision = onRevision;
    this.#onWhisper = onWhisper;
    this.#onError = onError;
  }

  async open(): Promise<void> {
    const client = new pg.Client(this.#config);
    this.#client = client;
    let isListening = false;
    client.on('notification', (message) => {
      if (message.channel === RevisionChannel.whisperName) {
        this.#onWhisper(message.payload ?? '');
        return;
      }
      const revision = Number(message.payload);
      if (Number.isSafeInteger(revision)) this.#onRevision(revision);
    });
    client.on('error', (error) => {
      if (!this.#closed) this.#onError(error);
    });
    client.on('end', () => {
      if (isListening) this.#reopenLater();
    });
    try {
      await client.connect();
      await client.query(`listen ${RevisionChannel.channelName}`);
      await client.query(`listen ${RevisionChannel.whisperName}`);
      isListening = true;
    } catch (error) {
      client.end().catch(this.#onError);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #reopenLater(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.open().catch((error: unknown) => {
        this.#onError(error);
        this.#reopenLater();
      });
    }, RECONNECT_MS);
    this.#retry.unref();
  }
}
