/**
 * Sounds once for each alarm that begins, unless it is quiet; while another window is in front it stands on the desktop too, unless that is off.
 *
 * Invariants: what stood already when the board was opened does not sound; one that goes and comes again sounds again. The tone is made here:
 * no file, no microphone, no line.
 */
import { useEffect, useRef } from 'react';
import { useWords } from '../../app/i18n.ts';
import { notifyDesktop } from '../../bridge/notices.ts';
import type { Alarm } from './board-levels.ts';
import { alarmsBegun, kindsOf } from './board-levels.ts';

const TONES_HZ = [660, 880] as const;
const TONE_S = 0.16;
const GAIN = 0.08;

/** @param alarms null: no figures yet. */
/** @param notifies on the desktop, while another window is in front: which kinds, no queue and no figure */
export function useAlarms(alarms: readonly Alarm[] | null, isQuiet: boolean, notifies: boolean): void {
  const { t } = useWords();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (alarms === null) return;
    const keys = new Set(alarms.map(({ key }) => key));
    const before = known.current;
    const begun = alarmsBegun(before, alarms);
    known.current = keys;
    if (begun.length === 0) return;
    if (!isQuiet) void sound();
    if (notifies && !document.hasFocus()) notifyDesktop({ title: t('live.notice'), text: kindsOf(begun).map((kind) => t(`live.noticeOf.${kind}`)).join(' · ') });
  }, [alarms, isQuiet, notifies, t]);
}

/** The two tones. */
export async function sound(): Promise<void> {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: GAIN });
  gain.connect(context.destination);
  TONES_HZ.forEach((frequency, index) => {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(context.currentTime + index * TONE_S);
    tone.stop(context.currentTime + (index + 1) * TONE_S);
  });
  await new Promise((resolve) => { setTimeout(resolve, TONES_HZ.length * TONE_S * 1_000 + 100); });
  await context.close();
}
