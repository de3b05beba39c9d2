/**
 * The sound of a SIP session, as sip.js asks for it: every question goes to the audio page.
 *
 * Invariants: it keeps nothing that a new audio page would not know: what is wanted (held, muted) goes along with each question; a
 * description that we cannot play is refused before it comes to the page; after `close` every answer is a refusal.
 *
 * An offer of a new page for an old session asks to begin the handshake of DTLS itself: a relay that is free to begin does so before it
 * knows where the new page is, and tries again a second or two later (measured with rtpengine 10.5: 1.8 s against 0.1 s).
 */
import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js';
import type { AudioInput, AudioOutput, AudioRequestName } from '../../../shared/contract/audio-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { isHeld, readSessionDescription } from '../../../shared/telephone/session-description.ts';
import type { AudioClient } from './audio-client.ts';

export interface SessionMediaOptions {
  callId: CallId;
  audio: AudioClient;
  /** What the operator wants now. */
  wanted: () => { held: boolean; muted: boolean; joinedWith: CallId | null };
  /** The far end holds us, or does not. */
  onTheirHold: (held: boolean) => void;
  /** Why a description could not be made or used: the code of an error. */
  onFailure: (code: string) => void;
  /** The page that made our offer is gone: the answer is of no use, and the sound must be agreed anew. */
  onStaleAnswer: () => void;
}

const contentType = 'application/sdp';

export class SessionMedia implements SessionDescriptionHandler {
  readonly #options: SessionMediaOptions;
  #closed = false;
  /** The page that made the offer that is out; null = none is out. */
  #offeredBy: number | null = null;
  #theirOffer = false;
  /** The page that the last description came from; null = none yet. */
  #describedBy: number | null = null;

  constructor(options: SessionMediaOptions) {
    this.#options = options;
  }

  close(): void {
    this.#closed = true;
  }

  hasDescription(type: string): boolean {
    return type.toLowerCase().split(';', 1)[0]?.trim() === contentType;
  }

  async getDescription(): Promise<BodyAndContentType> {
    const { callId, wanted, audio } = this.#options;
    const { sdp } = await this.#ask('describe', { callId, ...wanted() });
    const isRepair = !this.#theirOffer && this.#describedBy !== null && this.#describedBy !== audio.page();
    this.#offeredBy = this.#theirOffer ? null : audio.page();
    this.#describedBy = audio.page();
    this.#theirOffer = false;
    return { body: isRepair ? sdp.replaceAll('a=setup:actpass', 'a=setup:active') : sdp, contentType };
  }

  async setDescription(sdp: string): Promise<void> {
    const read = readSessionDescription(sdp);
    if (!read.ok) throw this.#failure(read.error.code);
    const offeredBy = this.#offeredBy;
    this.#offeredBy = null;
    if (offeredBy === null) this.#theirOffer = true;
    if (offeredBy !== null && offeredBy !== this.#options.audio.page()) this.#options.onStaleAnswer();
    else await this.#ask('apply', { callId: this.#options.callId, sdp });
    this.#options.onTheirHold(isHeld(read.value.direction, sdp));
  }

  async rollbackDescription(): Promise<void> {
    this.#offeredBy = null;
    this.#theirOffer = false;
    await this.#ask('rollback', { callId: this.#options.callId });
  }

  /** Never called: digits are asked of the audio page directly. */
  sendDtmf(): boolean {
    return false;
  }

  async #ask<Name extends AudioRequestName>(name: Name, input: AudioInput<Name>): Promise<AudioOutput<Name>> {
    if (this.#closed) throw this.#failure('call-closed');
    const result = await this.#options.audio.request(name, input);
    if (!result.ok) throw this.#failure(result.error.code);
    return result.value;
  }

  /** An Error, because that is how sip.js is told. */
  #failure(code: string): Error {
    this.#options.onFailure(code);
    return new Error(code);
  }
}
