/** Whether the figures are of now: live, behind by so much, or without the hub since when. It counts by itself; the board is not drawn for it. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { BOARD_BEHIND_MS } from '../../../shared/contract/board-channels.ts';
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import { systemClock } from '../../../shared/time.ts';
import { spanText, useClock } from '../agent/use-clock.ts';

export const BoardLine = memo(function BoardLine({ line, asOfMs, offlineSinceMs }: Pick<BoardScreen, 'line' | 'asOfMs' | 'offlineSinceMs'>): ReactNode {
  const { t, format } = useWords();
  useClock(1_000);
  const behindMs = asOfMs === null ? 0 : systemClock.nowMs() - asOfMs;
  const says = line === 'offline' ? 'offline' : behindMs > BOARD_BEHIND_MS ? 'behind' : line;
  const text = says === 'offline' ? t('live.line.offline', { at: format.time(offlineSinceMs ?? systemClock.nowMs()) })
    : says === 'behind' ? t('live.line.behind', { span: behindMs < 60_000 ? `${String(Math.floor(behindMs / 1_000))} s` : spanText(behindMs) }) : t(`live.line.${says}`);
  return <span className={`chip board-line board-line-${says}`} data-testid="board-line"><i className="dot" aria-hidden="true" />{text}</span>;
});
