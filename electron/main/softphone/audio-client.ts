/**
 * Questions to the audio page, whichever page that is at the moment.
 *
 * Invariant: each question is answered once: by the page, or by an error when the page died or did not answer in time. A question that
 * is asked while there is no page waits for the next one.
 */
import type { AudioInput, AudioMessage, AudioOutput, AudioRequestName } from '../../../shared/contract/audio-channels.ts';
import { audioMessageSchema, audioRequests } from '../../../shared/contract/audio-channels.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';

/** The code of what was asked of a page that died over it. */
export const PAGE_LOST = 'audio-page-lost';
/** Longer than a busy machine takes to open a microphone; who waits meanwhile hears it ring. */
const ANSWER_LIMIT_MS = 10_000;
/** Records and plays before it answers. */
const TRIAL_LIMIT_MS = 20_000;

export interface AudioClient {
  request<Name extends AudioRequestName>(name: Name, input: AudioInput<Name>): Promise<Result<AudioOutput<Name>>>;
  /** What came from the page, unread. */
  receive(raw: unknown): void;
  pageLost(): void;
  /** Which page is asked: the one that is there or, from the death of one on, the one to come. */
  page(): number;
}

export interface AudioClientOptions {
  /** To the page that is there. */
  send: (message: unknown) => void;
  onMessage: (message: Exclude<AudioMessage, { kind: 'answer' }>) => void;
  log: (line: string) => void;
}

interface Question {
  message: { id: number; name: AudioRequestName; input: unknown };
  answer: (result: Result<unknown>) => void;
}

/** A client that waits for its first page. */
export function createAudioClient({ send, onMessage, log }: AudioClientOptions): AudioClient {
  let isThere = false;
  let page = 0;
  let lastId = 0;
  const open = new Map<number, Question>();

  function ask(name: AudioRequestName, input: unknown): Promise<Result<unknown>> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        open.get(id)?.answer(fail('audio-page-silent', 'error.audioFailed', { name }, true));
      }, name === 'try-microphone' ? TRIAL_LIMIT_MS : ANSWER_LIMIT_MS);
      const question: Question = {
        message: { id, name, input },
        answer: (result) => {
          clearTimeout(timer);
          open.delete(id);
          resolve(result);
        },
      };
      open.set(id, question);
      if (isThere) send(question.message);
    });
  }

  return {
    request: async (name, input) => {
      const result = await ask(name, input);
      if (!result.ok) return result;
      const parsed = audioRequests[name].output.safeParse(result.value);
      if (!parsed.success) return fail('audio-answer-invalid', 'error.audioFailed', { name });
      return ok(parsed.data as AudioOutput<typeof name>);
    },
    receive: (raw) => {
      const parsed = audioMessageSchema.safeParse(raw);
      if (!parsed.success) {
        log('audio page: a message was not understood');
        return;
      }
      const message = parsed.data;
      if (message.kind === 'answer') {
        open.get(message.id)?.answer(message.result.ok ? ok(message.result.value) : message.result);
        return;
      }
      if (message.kind === 'ready') {
        isThere = true;
        for (const question of open.values()) send(question.message);
      }
      onMessage(message);
    },
    page: () => page,
    pageLost: () => {
      isThere = false;
      page += 1;
      for (const question of [...open.values()]) question.answer(fail(PAGE_LOST, 'error.audioFailed', { name: question.message.name }, true));
    },
  };
}
