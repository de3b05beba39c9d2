/** Sentences of the telephone. */
import type { TFunction } from 'i18next';
import { endCauses } from '../../../shared/facts/telephone-bodies.ts';

/** Why nothing was dialled, as the softphone's code says it: what to do next. */
const notDialledKeys: Readonly<Record<string, string>> = {
  'telephone-line-lost': 'error.telephoneLineLost',
  'telephone-call-in-front': 'error.telephoneCallInFront',
  'no-microphone': 'error.audioNoMicrophone',
  'audio-page-lost': 'error.telephoneNoSound',
  'audio-page-silent': 'error.telephoneNoSound',
  'audio-failed': 'error.telephoneNoSound',
  'telephone-sound-unusable': 'error.telephoneSoundUnusable',
  'dial-permit-expired': 'error.dialPermitExpired',
};

export function notDialledKey(code: string): string {
  return notDialledKeys[code] ?? 'error.telephoneNotDialled';
}

/** `+39 0828000111`: the country apart. */
export function shownNumber(number: string): string {
  return number.replace(/^\+39(?=\d)/, '+39 ');
}

/** Who rings, as the exchange says it: `Rossi · +39 0828…`, or that it hides. */
export function callerText({ name, number }: { name: string | null; number: string | null }, t: TFunction): string {
  const known = [name, number === null ? null : shownNumber(number)].filter((part) => part !== null && part !== '');
  return known.length === 0 ? t('telephone.callerUnknown') : known.join(' · ');
}

/** Why a call ended, in words; what a newer desk says is "otherwise". */
export function endedText({ cause, by }: { cause: string; by: string }, t: TFunction): string {
  if (cause === 'hung-up' && (by === 'us' || by === 'them')) return t(`telephone.endedTalk.${by}`);
  return t('telephone.endedBy', { cause: endCauses.some((known) => known === cause) ? t(`history.callEnd.${cause}`) : t('history.callEndOther') });
}

/** `4:07`, `0:09`. */
export function talkText(talkSeconds: number): string {
  return `${String(Math.floor(talkSeconds / 60))}:${String(talkSeconds % 60).padStart(2, '0')}`;
}
