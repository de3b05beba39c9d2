/**
 * The sound of a SIP session, as sip.js asks for it: every question goes to the audio page.
 *
 * Invariants: a new audio page knows nothing, so all that it needs goes along with each question: what is wanted (held, muted), and the
 * offer that it answers; a page that dies over a question is no refusal; the answer to an offer of a page that is gone goes to no other
 * page; a description that we cannot play is refused before it comes to the page; after `close` every answer is a refusal.
 *
 * An offer of a new page for an old session asks to begin the handshake of DTLS itself: a relay that is free to begin does so before it
 * knows where the new page is, and tries again a second or two later (measured with rtpengine 10.5: 1.8 s against 0.1 s).
 */
import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js';
import type { AudioInput, AudioOutput, AudioRequestName } from '../../../shared/contract/audio-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { isHeld, readSessionDescription } from '../../../shared/telephone/session-description.ts';
import type { AudioClient } from './audio-client.ts';
import { PAGE_LOST } from './audio-client.ts';

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
/** So many may die over one description. */
const MOST_PAGES = 3;

export class SessionMedia implements SessionDescriptionHandler {
  readonly #options: SessionMediaOptions;
  #closed = false;
  /** The page that made the offer that is out; null = none is out. */
  #offeredBy: number | null = null;
  /** What the next description answers; null = it is an offer of ours. */
  #theirOffer: string | null = null;
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
    const offer = this.#theirOffer;
    let described: Result<AudioOutput<'describe'>>;
    let pages = 0;
    do {
      described = await this.#ask('describe', { callId, ...wanted(), offer });
      pages += 1;
    } while (isPageLost(described) && pages < MOST_PAGES);
    const { sdp } = this.#valueOf(described);
    const isRepair = offer === null && this.#describedBy !== null && this.#describedBy !== audio.page();
    this.#offeredBy = offer === null ? audio.page() : null;
    this.#describedBy = audio.page();
    this.#theirOffer = null;
    return { body: isRepair ? sdp.replaceAll('a=setup:actpass', 'a=setup:active') : sdp, contentType };
  }

  async setDescription(sdp: string): Promise<void> {
    const read = readSessionDescription(sdp);
    if (!read.ok) throw this.#failure(read.error.code);
    const offeredBy = this.#offeredBy;
    this.#offeredBy = null;
    if (offeredBy === null) this.#theirOffer = sdp;
    else await this.#applyAnswer(sdp, offeredBy);
    this.#options.onTheirHold(isHeld(read.value.direction, sdp));
  }

  async rollbackDescription(): Promise<void> {
    this.#offeredBy = null;
    this.#theirOffer = null;
    const rolledBack = await this.#ask('rollback', { callId: this.#options.callId });
    // The next page knows of no offer: that is what was asked.
    if (!isPageLost(rolledBack)) this.#valueOf(rolledBack);
  }

  async #applyAnswer(sdp: string, offeredBy: number): Promise<void> {
    const { callId, audio, onStaleAnswer } = this.#options;
    const applied = offeredBy === audio.page() ? await this.#ask('apply', { callId, sdp }) : null;
    if (applied === null || isPageLost(applied)) onStaleAnswer();
    else this.#valueOf(applied);
  }

  /** Never called: digits are asked of the audio page directly. */
  sendDtmf(): boolean {
    return false;
  }

  async #ask<Name extends AudioRequestName>(name: Name, input: AudioInput<Name>): Promise<Result<AudioOutput<Name>>> {
    if (this.#closed) throw this.#failure('call-closed');
    return this.#options.audio.request(name, input);
  }

  #valueOf<Value>(result: Result<Value>): Value {
    if (!result.ok) throw this.#failure(result.error.code);
    return result.value;
  }

  /** An Error, because that is how sip.js is told. */
  #failure(code: string): Error {
    this.#options.onFailure(code);
    return new Error(code);
  }
}

function isPageLost(result: Result<unknown>): boolean {
  return !result.ok && result.error.code === PAGE_LOST;
}
