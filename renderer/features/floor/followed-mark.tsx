/** In the bar, while an agreement lets leads see who does what or listen: a quiet mark, and behind it what, since when and by which paper. */
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './floor.css';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { AgreementPaper } from '../../ui/agreement-paper.tsx';

export function FollowedMark(): ReactNode {
  const { t, format } = useWords();
  const floor = useQuery('show-floor', {}).data;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { followedBy = null, heardBy = null } = floor ?? {};
  const agreement = followedBy ?? heardBy;
  if (agreement === null) return null;
  return (
    <>
      <ButtonBase className="chip followed-mark" data-testid="followed" aria-haspopup="dialog" aria-expanded={anchor !== null} title={t('floor.mark')} onClick={(event) => { setAnchor(event.currentTarget); }}>
        <svg viewBox="0 0 20 20" width="17" height="17" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true"><path d="M1.8 10S4.6 4.6 10 4.6 18.2 10 18.2 10 15.4 15.4 10 15.4 1.8 10 1.8 10Z" /><circle cx="10" cy="10" r="2.5" /></svg>
        <span className="visually-hidden">{t('floor.mark')}</span>
      </ButtonBase>
      <Popover
        open={anchor !== null} anchorEl={anchor} onClose={() => { setAnchor(null); }} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': 'followed-title', className: 'followed-paper' } }}
      >
        <div className="followed-terms" tabIndex={-1}>
          {followedBy === null ? null : <><h2 id="followed-title">{t('floor.followedTitle')}</h2><p>{t('floor.followed', { from: format.shortDate(followedBy.from) })}</p></>}
          {heardBy === null ? null : <><h2 {...(followedBy === null ? { id: 'followed-title' } : {})}>{t('floor.heardTitle')}</h2><p>{t('floor.heard', { from: format.shortDate(heardBy.from) })}</p></>}
          <h2>{t('floor.paper')}</h2>
          <AgreementPaper agreement={agreement} />
        </div>
      </Popover>
    </>
  );
}
