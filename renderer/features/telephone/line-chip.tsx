/** The line in the app bar, in a word; behind it the reason, trying again, and the calls that came in and are nobody's. */
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './telephone.css';
import type { TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import type { UserId } from '../../../shared/id.ts';
import { systemClock } from '../../../shared/time.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { CallList } from './call-list.tsx';
import { LineFacts } from './line-facts.tsx';
import { useLine } from './line-store.ts';
import { linePhase, missedSince } from './line-view.ts';
import { readSeenMs, writeSeenMs } from './seen-calls.ts';

const noCalls: TelephoneScreen['calls'] = [];

/** Nothing where calls are made by hand. */
export function LineChip({ userId }: { userId: UserId }): ReactNode {
  const { t } = useWords();
  const telephone = useQuery('show-telephone', {}).data;
  const screen = useLine((store) => store.screen);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [seenMs, setSeenMs] = useState(() => readSeenMs(userId));
  const phase = linePhase(screen);
  const missed = missedSince(telephone, seenMs).length;
  const open = (chip: HTMLElement): void => {
    setAnchor(chip);
    setSeenMs(systemClock.nowMs());
    writeSeenMs(userId, systemClock.nowMs());
  };
  useShortcuts({ showCalls: () => {
    const chip = document.getElementById('line-chip');
    if (chip !== null) open(chip);
  } });
  if (screen === null || phase === 'none') return null;
  const word = screen.kind === 'practice' && phase === 'ready' ? 'practice' : phase;
  return (
    <>
      <ButtonBase id="line-chip" className={`chip chip-line line-is-${word}`} aria-haspopup="dialog" aria-expanded={anchor !== null} data-testid="line-state" title={t(`telephone.line.${word}`)} onClick={(event) => { open(event.currentTarget); }}>
        <i className="dot" aria-hidden="true" />
        <span className="line-word">{t(`telephone.line.${word}`)}</span>
        {missed === 0 ? null : <b className="waiting" data-testid="missed-count">{t('telephone.missed', { count: missed })}</b>}
      </ButtonBase>
      <Popover
        open={anchor !== null} anchorEl={anchor} onClose={() => { setAnchor(null); }} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }} slotProps={{ paper: { role: 'dialog', 'aria-labelledby': 'line-title', className: 'today-paper line-paper' } }}
      >
        <div className="line-card" tabIndex={-1}>
          <h2 id="line-title">{t('telephone.title')}</h2>
          <LineFacts screen={screen} account={telephone?.account ?? null} />
          <CallList calls={telephone?.calls ?? noCalls} onLeave={() => { setAnchor(null); }} />
          <Button className="quiet" onClick={() => { setAnchor(null); }}>{t('telephone.closePanel')} <KeyHint keys="Esc" /></Button>
        </div>
      </Popover>
    </>
  );
}
