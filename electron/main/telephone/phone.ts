/** What the app asks of a telephone, whatever is at its other end: an exchange, or the practice line. */
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import type { AudioChoice } from '../../../shared/contract/audio-channels.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import type { CallState } from '../../../shared/telephone/call-state.ts';
import type { AudioClient } from '../softphone/audio-client.ts';
import type { JoinCalls } from '../softphone/join-calls.ts';
import type { TalkOnCalls } from '../softphone/talk-on-calls.ts';
import type { AnswerCalls } from '../softphone/answer-calls.ts';
import type { LinkedSoftphone } from '../telephone-link.ts';

export interface Phone extends Omit<LinkedSoftphone, 'hold' | 'transferBlind' | 'redirect' | 'calls'>, AnswerCalls, JoinCalls, TalkOnCalls {
  retry(): void;
  chooseDevices(choice: AudioChoice): Promise<void>;
  calls(): readonly { readonly callId: CallId; state(): CallState }[];
  readonly audio: AudioClient;
  audioPageLost(): void;
  shutdown(): Promise<void>;
}

/** A telephone, and what it is shown as. */
export interface InstalledPhone {
  kind: Exclude<LineScreen['kind'], 'none'>;
  phone: Phone;
  /** Somebody rings; null where nobody can be made to. */
  ringUs: ((number?: DialNumber) => Result<null>) | null;
}
