/** What is to be heard while calls wait for somebody. */
import type { AudioInput } from '../../../shared/contract/audio-channels.ts';
import type { CallState } from '../../../shared/telephone/call-state.ts';

/** The loudest wish wins; who talks hears the short one. */
export function ringKind(states: readonly CallState[]): AudioInput<'ring'>['kind'] {
  const offered = states.some(({ phase }) => phase === 'offered');
  const busy = states.some(({ phase }) => phase === 'connected' || phase === 'dialling' || phase === 'ringing' || phase === 'answering');
  if (offered) return busy ? 'waiting' : 'incoming';
  return states.some(({ phase }) => phase === 'ringing') ? 'ringback' : 'none';
}
