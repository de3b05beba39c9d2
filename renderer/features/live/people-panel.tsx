/**
 * Who is doing what now and for how long, where the agreement covers it; on Enter what may be done about it. Nothing of it is kept: a state
 * that ended is gone.
 */
import ButtonBase from '@mui/material/ButtonBase';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { memo, useState } from 'react';
import type { ReactNode } from 'react';
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import type { ListeningWay } from '../../../shared/protocol/floor-protocol.ts';
import { listeningWays } from '../../../shared/protocol/floor-protocol.ts';
import { systemClock } from '../../../shared/time.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import '../agent/agent.css';
import { spanText, useClock } from '../agent/use-clock.ts';
import { ReleaseForm } from '../floor/release-form.tsx';
import { useRows } from '../lead/use-rows.ts';
import { linePhase } from '../telephone/line-view.ts';
import { useLine } from '../telephone/line-store.ts';

export type SeenPerson = NonNullable<BoardScreen['people']>[number];

export function PeoplePanel({ people }: { people: readonly SeenPerson[] }): ReactNode {
  const { t } = useWords();
  const rowProps = useRows<HTMLUListElement>();
  const floor = useQuery('show-floor', {}).data;
  const [open, setOpen] = useState<{ person: SeenPerson; anchor: HTMLElement } | null>(null);
  const [released, setReleased] = useState<SeenPerson | null>(null);
  return (
    <section className="card live-people" aria-labelledby="live-people">
      <h2 id="live-people">{t('floor.people')}</h2>
      {people.length === 0 ? <p className="dim">{t('floor.nobody')}</p> : (
        <ul {...rowProps} data-testid="people">
          {people.map((person) => (
            <li key={person.userId}>
              <ButtonBase data-row className={`person agent-${person.state}`} aria-haspopup="menu" onClick={(event) => { setOpen({ person, anchor: event.currentTarget }); }}>
                <i className="dot" aria-hidden="true" /><b>{person.displayName}</b>
                {floor?.helps.some(({ userId }) => userId === person.userId) === true ? <span className="tag tag-reminder">{t('floor.help')}</span> : null}
                <span className="spacer" />{person.isOver ? <span className="tag tag-reminder">{t('floor.over')}</span> : null}<span className={person.isOver ? 'visually-hidden' : ''}>{t(`agent.state.${person.state}`)}</span><Span sinceMs={person.sinceMs} />
              </ButtonBase>
            </li>
          ))}
        </ul>
      )}
      {open === null ? null : <PersonMenu {...open} floor={floor} onRelease={() => { setReleased(open.person); }} onClose={() => { setOpen(null); }} />}
      {released === null ? null : <ReleaseForm person={released} onClose={() => { setReleased(null); }} />}
    </section>
  );
}

const Span = memo(function Span({ sinceMs }: { sinceMs: number }): ReactNode {
  useClock(1_000);
  return <span className="agent-since">{spanText(systemClock.nowMs() - sinceMs)}</span>;
});

interface MenuProps { person: SeenPerson; anchor: HTMLElement; floor: FloorScreen | null; onRelease: () => void; onClose: () => void }

function PersonMenu({ person, anchor, floor, onRelease, onClose }: MenuProps): ReactNode {
  const { t, format } = useWords();
  const hasLine = useLine((store) => linePhase(store.screen) !== 'none');
  const { userId, displayName, state, isOver } = person;
  const listen = async (how: ListeningWay): Promise<void> => {
    onClose();
    const begun = await command('begin-listening', { userId, how });
    if (!begun.ok) useNotice.getState().warn(errorSentence(begun.error, t, format));
  };
  const mayListen = floor?.heardBy != null && floor.listening === null && hasLine && (state === 'in-call' || state === 'held');
  return (
    <Menu disablePortal anchorEl={anchor} open onClose={onClose} slotProps={{ list: { 'aria-label': t('floor.actions', { name: displayName }) } }}>
      {mayListen ? listeningWays.map((how) => <MenuItem key={how} onClick={() => { void listen(how); }}>{t(`floor.way.${how}`)}</MenuItem>) : null}
      {isOver ? <MenuItem onClick={() => { onClose(); onRelease(); }}>{t('floor.release.menu')}</MenuItem> : null}
      {mayListen || isOver ? null : <MenuItem disabled>{t('floor.noActions')}</MenuItem>}
    </Menu>
  );
}
