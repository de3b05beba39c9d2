/** What the page asks of the telephone: each name of the contract, once. */
import type { LineInput, LineRequestName } from '../../../shared/contract/line-channels.ts';
import { lineRequests } from '../../../shared/contract/line-channels.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { InstalledPhone } from './phone.ts';
import type { Recordings } from './recordings.ts';

type Answer = Result<unknown>;
type Handlers = { [Name in LineRequestName]: (input: LineInput<Name>) => Answer | Promise<Answer> };

export interface LineDesk {
  installed: InstalledPhone;
  recordings: Pick<Recordings, 'pause'>;
  chooseDevices: (choice: LineInput<'choose-devices'>) => Promise<Answer>;
  setGlobalKeys: (on: boolean) => Answer;
  /** The sound may be tried before anybody has a line. */
  openAudio: () => void;
  /** Somebody looks at the levels. */
  watch: (on: boolean) => void;
}

/** Answers requests as they come from a page; what does not parse is an error. */
export function answerLineRequests({ installed, recordings, chooseDevices, setGlobalKeys, openAudio, watch }: LineDesk): (name: unknown, input: unknown) => Promise<Result<unknown>> {
  const { phone, ringUs } = installed;
  const handlers: Handlers = {
    'accept-call': ({ callId }) => phone.accept(callId),
    'reject-call': ({ callId, how }) => phone.reject(callId, how),
    'hang-up': ({ callId }) => phone.hangUp(callId),
    'hold-call': ({ callId, held }) => phone.hold(callId, held),
    'mute-call': ({ callId, muted }) => phone.mute(callId, muted),
    'send-tones': ({ callId, tones }) => phone.sendTones(callId, tones),
    'pause-recording': ({ callId, paused }) => recordings.pause(callId, paused),
    'complete-transfer': ({ callId, toCallId }) => phone.transferAttended(callId, toCallId),
    'join-calls': ({ callId, withCallId }) => phone.joinCalls(callId, withCallId),
    'retry-line': () => {
      phone.retry();
      return ok({});
    },
    'choose-devices': (choice) => chooseDevices(choice),
    'watch-level': (input) => {
      if (input.on) openAudio();
      watch(input.on);
      return phone.audio.request('watch-level', input);
    },
    'try-ring': (input) => {
      openAudio();
      return phone.audio.request('try-ring', input);
    },
    'try-microphone': (input) => {
      openAudio();
      return phone.audio.request('try-microphone', input);
    },
    'set-global-keys': ({ on }) => setGlobalKeys(on),
    'ring-practice-call': ({ number }) => ringUs?.(number) ?? fail('practice-line-only', 'error.practiceLineOnly'),
  };
  return async (name, input) => {
    if (typeof name !== 'string' || !isName(name)) return fail('unexpected', 'error.unexpected', { name: String(name).slice(0, 40) });
    const parsed = lineRequests[name].input.safeParse(input);
    if (!parsed.success) return fail('invalid-input', 'error.unexpected', { name });
    // The schema of this very name has read it.
    const answer = await (handlers[name] as (value: unknown) => Answer | Promise<Answer>)(parsed.data);
    return answer.ok ? ok({}) : answer;
  };
}

function isName(name: string): name is LineRequestName {
  return Object.hasOwn(lineRequests, name);
}
