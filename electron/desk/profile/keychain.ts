/**
 * The OS keychain, lent by main (design §5 b). Where there is none, or only one that hides
 * instead of enciphering, every answer is null and the password is the only way in.
 */
import type { DeskToMain } from '../../../shared/contract/host-protocol.ts';
import { newRandomHex } from '../../../shared/id.ts';

export interface Keychain {
  /** base64, or null where there is no real keychain. */
  wrap(secret: Buffer): Promise<string | null>;
  /** Null where there is none, or it did not wrap this. */
  unwrap(wrapped: string): Promise<Buffer | null>;
}

type Reply = { requestId: string; ok: boolean; value?: string | undefined };

/** Asks main; each request waits for its own reply. */
export class MainKeychain implements Keychain {
  readonly #tellMain: (message: DeskToMain) => void;
  readonly #waiting = new Map<string, (reply: Reply) => void>();

  constructor(tellMain: (message: DeskToMain) => void) {
    this.#tellMain = tellMain;
  }

  receive(reply: Reply): void {
    this.#waiting.get(reply.requestId)?.(reply);
    this.#waiting.delete(reply.requestId);
  }

  wrap(secret: Buffer): Promise<string | null> {
    return this.#ask('wrap', secret.toString('hex'));
  }

  async unwrap(wrapped: string): Promise<Buffer | null> {
    const secret = await this.#ask('unwrap', wrapped);
    return secret === null ? null : Buffer.from(secret, 'hex');
  }

  #ask(operation: 'wrap' | 'unwrap', value: string): Promise<string | null> {
    const requestId = newRandomHex(8);
    return new Promise((resolve) => {
      this.#waiting.set(requestId, (reply) => resolve(reply.ok ? (reply.value ?? null) : null));
      this.#tellMain({ type: 'keychain-request', requestId, operation, value });
    });
  }
}
