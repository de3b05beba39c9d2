/** A call that ended and whose outcome is still to be saved: why it ended, what it speaks for, and calling again where the line fell. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CallTelephone } from '../../../shared/contract/telephone-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { resumableUntil } from './line-view.ts';
import { endedText, talkText } from './line-words.ts';
import { useTicking } from './use-ticking.ts';

interface Props {
  telephone: CallTelephone;
  /** The code that stands in the form; '' = none. */
  code: string;
  busy: boolean;
  onResume: () => void;
}

export function EndedCall({ telephone, code, busy, onResume }: Props): ReactNode {
  const { t } = useWords();
  const { ended } = telephone;
  const nowMs = useTicking(ended?.resumeUntilMs != null);
  if (ended === null) return null;
  const resumeUntilMs = resumableUntil(telephone, nowMs);
  const talked = ended.talkSeconds === null ? '' : ` · ${talkText(ended.talkSeconds)}`;
  return (
    <div className="ended-call" data-testid="ended-call" data-cause={ended.cause}>
      <span className="call-clock" role="status"><i className="dot" aria-hidden="true" />{endedText(ended, t)}{talked}</span>
      {ended.suggestCode !== null && code === ended.suggestCode ? <span className="dim">{t('telephone.suggested', { outcome: t(`outcome.${ended.suggestCode}`) })}</span>
        : code === '' ? <span className="dim">{t('telephone.nowOutcome')}</span> : null}
      {resumeUntilMs === null || (code !== '' && code !== 'DRP') ? null : (
        <>
          <Button className="primary" disabled={busy} onClick={onResume}>{t('telephone.resume')} <ShortcutHint id="startCall" /></Button>
          <span className="dim">{t('telephone.resumeFor', { count: Math.max(1, Math.ceil((resumeUntilMs - nowMs) / 60_000)) })}</span>
        </>
      )}
    </div>
  );
}
