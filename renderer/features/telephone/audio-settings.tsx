/** Settings of this PC's sound: microphone, speaker, ring, how loud, trying them, and keys that work from other programs. */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import './telephone.css';
import type { AudioChoice, AudioDevices } from '../../../shared/contract/audio-channels.ts';
import type { LineRequestName, LineScreen } from '../../../shared/contract/line-channels.ts';
import { globalKeyChords } from '../../../shared/telephone/global-keys.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { actOnLine, useLine } from './line-store.ts';

/** Nothing where there is no line. */
export function AudioSettings(): ReactNode {
  const { t } = useWords();
  const screen = useLine((store) => store.screen);
  if (screen === null || screen.kind === 'none') return null;
  return (
    <section aria-labelledby="settings-audio" className="audio-settings">
      <h2 id="settings-audio">{t('telephone.audio.title')}</h2>
      <p className="dim">{t('telephone.audio.ofThisPc')}</p>
      <Devices screen={screen} />
      <Level />
      <GlobalKeys screen={screen} />
    </section>
  );
}

type DeviceField = Exclude<keyof AudioChoice, 'processing'>;
const deviceFields = ['microphoneId', 'speakerId', 'ringId'] as const satisfies readonly DeviceField[];

function Devices({ screen }: { screen: LineScreen }): ReactNode {
  const { t, format } = useWords();
  const error = useLine((store) => store.error);
  const moved = useLine((store) => store.moved);
  const { choice, devices } = screen;
  const choose = (patch: Partial<AudioChoice>): void => { void actOnLine('choose-devices', { ...choice, ...patch }); };
  const hasMicrophone = devices.microphones.length > 0;
  const refused = error !== null && settingActions.includes(error.action) && (hasMicrophone || error.error.messageKey !== NO_MICROPHONE) ? error.error : null;
  return (
    <div className="audio-fields">
      {deviceFields.map((field) => {
        const known = devicesOf(devices, field);
        const chosen = choice[field] ?? '';
        const isGone = chosen !== '' && !known.some(({ deviceId }) => deviceId === chosen);
        return (
          <Choice
            key={field} label={t(`telephone.audio.${field}`)} value={chosen} none={t('telephone.audio.likePc')}
            options={[...(isGone ? [{ value: chosen, label: t('telephone.audio.notConnected') }] : []), ...known.map(({ deviceId, label }, at) => ({ value: deviceId, label: label === '' ? t('telephone.audio.unnamed', { number: at + 1 }) : label }))]}
            error={isGone ? t('telephone.audio.gone') : null}
            onChange={(value) => { choose({ [field]: value === '' ? null : value }); }}
          />
        );
      })}
      {hasMicrophone ? null : <p className="field-error" role="alert">{t(NO_MICROPHONE)}</p>}
      {moved.gone.length + moved.back.length === 0 ? null : (
        <p className="dim" role="status">
          {[...moved.gone.map((name) => t('telephone.audio.wentAway', { name })), ...moved.back.map((name) => t('telephone.audio.cameBack', { name }))].join(' ')}
        </p>
      )}
      <Check label={t('telephone.audio.processing')} checked={choice.processing} onChange={(processing) => { choose({ processing }); }} />
      <div className="inline-actions">
        <TryButton action="try-ring" label={t('telephone.audio.tryRing')} busyLabel={t('telephone.audio.ringing')} />
        <TryButton action="try-microphone" label={t('telephone.audio.tryMicrophone')} busyLabel={t('telephone.audio.recording')} />
      </div>
      <p className="dim">{t('telephone.audio.tryHow')}</p>
      {refused === null ? null : <p className="field-error" role="alert">{errorSentence(refused, t, format)}</p>}
    </div>
  );
}

function devicesOf(devices: AudioDevices, field: DeviceField): AudioDevices['speakers'] {
  return field === 'microphoneId' ? devices.microphones : devices.speakers;
}

function TryButton({ action, label, busyLabel }: { action: 'try-ring' | 'try-microphone'; label: string; busyLabel: string }): ReactNode {
  const [busy, setBusy] = useState(false);
  const attempt = async (): Promise<void> => {
    setBusy(true);
    await actOnLine(action, {});
    setBusy(false);
  };
  return <Button disabled={busy} aria-busy={busy} onClick={() => { void attempt(); }}>{busy ? busyLabel : label}</Button>;
}

/** How loud the microphone is, only while one looks at it. */
function Level(): ReactNode {
  const { t } = useWords();
  const [on, setOn] = useState(false);
  const microphone = useLine((store) => store.level.microphone);
  useEffect(() => {
    if (!on) return undefined;
    void actOnLine('watch-level', { on: true });
    return () => {
      useLine.setState({ level: { microphone: 0, received: 0 } });
      void actOnLine('watch-level', { on: false });
    };
  }, [on]);
  const percent = Math.round(Math.min(1, microphone) * 100);
  return (
    <div className="audio-level">
      <Button aria-pressed={on} onClick={() => { setOn(!on); }}>{t(on ? 'telephone.audio.hideLevel' : 'telephone.audio.showLevel')}</Button>
      {on ? (
        <>
          <meter className="level" min={0} max={100} value={percent} aria-label={t('telephone.audio.level')} />
          <span className="dim">{t(percent < 2 ? 'telephone.audio.silent' : 'telephone.audio.heard')}</span>
        </>
      ) : null}
    </div>
  );
}

function GlobalKeys({ screen }: { screen: LineScreen }): ReactNode {
  const { t } = useWords();
  const { on, taken } = screen.globalKeys;
  return (
    <div className="audio-global">
      <Check label={t('telephone.audio.globalKeys')} checked={on} onChange={(wanted) => { void actOnLine('set-global-keys', { on: wanted }); }} />
      <p className="dim">{t('telephone.audio.globalKeysHow', { answer: globalKeyChords.answer, hangUp: globalKeyChords['hang-up'], mute: globalKeyChords.mute })}</p>
      {on && taken.length > 0 ? <p className="field-error" role="alert">{t('telephone.audio.globalTaken', { keys: taken.map((name) => t(`telephone.audio.globalKey.${name}`)).join(', ') })}</p> : null}
    </div>
  );
}

const NO_MICROPHONE = 'error.audioNoMicrophone';
const settingActions: readonly LineRequestName[] = ['choose-devices', 'try-ring', 'try-microphone', 'watch-level', 'set-global-keys'];
