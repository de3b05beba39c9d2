/**
 * Ctrl+K: any case by name, code, number or invoice.
 *
 * Invariants: while somebody is on the line of whom nobody knows who they are, no amount and no reason stands here: only what tells one case from
 * another. Enter opens what was found for all that was typed, as soon as it is found: never a case of half a code; what is
 * pressed after it is for that case.
 */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { query } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import { dropKeys, holdKeys } from '../../app/hold-keys.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { errorSentence, reasonSentence } from '../../app/sentences.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { markOfRow, ToneTag } from '../../ui/tone-tag.tsx';
import { leaveForCase } from '../call/leave-for-case.ts';
import { useRunningCall } from '../call/running-call.ts';
import { isCallerUnknown } from '../call/who-hears.ts';
import { useLine } from '../telephone/line-store.ts';
import { moveSelection } from './move-selection.ts';

const PAUSE_MS = 90;

export function SearchDialog(): ReactNode {
  const { t } = useWords();
  const { searchOpen, setSearchOpen } = useNavigation();
  return (
    <Dialog
      open={searchOpen} onClose={() => { setSearchOpen(false); }} fullWidth maxWidth="sm"
      slotProps={{ paper: { className: 'search-paper', 'aria-label': t('search.title') } }}
    >
      <SearchBody />
    </Dialog>
  );
}

function SearchBody(): ReactNode {
  const { t, format } = useWords();
  const { go } = useNavigation();
  const running = useRunningCall((store) => store.call);
  const isHeard = useLine(({ screen }) => isCallerUnknown(running, screen?.calls ?? []));
  const [text, setText] = useState(() => useNavigation.getState().searchText);
  const [index, setIndex] = useState(0);
  const asked = useDebounced(text.trim(), PAUSE_MS);
  const answer = useQuery('search-cases', asked === '' ? null : { text: asked });
  const isAnswered = asked === text.trim() && answer.data !== null;
  const rows = asked === '' ? [] : (answer.data?.rows ?? []);
  const at = Math.min(index, rows.length - 1);
  const current = rows[at];

  const openTyped = async (): Promise<void> => {
    const typed = text.trim();
    if (typed === '') return;
    holdKeys();
    const row = isAnswered ? current : await findFirst(typed);
    if (row !== undefined && useNavigation.getState().searchOpen) await leaveForCase(row.caseId);
    else dropKeys();
  };
  const message =
    asked === '' ? t('search.how')
    : answer.error !== null ? errorSentence(answer.error, t, format)
    : answer.data !== null && rows.length === 0 ? t('search.nothing', { text: asked })
    : '';
  return (
    <div className="search">
      <InputBase
        // A caller's number that finds nobody is typed over.
        fullWidth autoFocus onFocus={(event) => { event.currentTarget.select(); }} value={text} placeholder={t('search.placeholder')}
        inputProps={{
          role: 'combobox', 'aria-label': t('search.title'), 'aria-expanded': rows.length > 0, 'aria-controls': 'search-results', 'aria-autocomplete': 'list',
          'aria-activedescendant': current === undefined ? undefined : `found-${current.caseId}`, maxLength: 200, spellCheck: false,
        }}
        onChange={(event) => { setText(event.target.value); setIndex(0); }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setIndex(moveSelection(at, rows.length, 'down'));
          else if (event.key === 'ArrowUp') setIndex(moveSelection(at, rows.length, 'up'));
          else if (event.key === 'Enter') void openTyped();
          else return;
          event.preventDefault();
        }}
      />
      <p className="search-message" role="status">{message}</p>
      {asked !== '' && answer.data !== null && rows.length === 0 ? <Button className="quiet search-elsewhere" onClick={() => { go({ name: 'inbound' }); }}>{t('search.elsewhere')} <ShortcutHint id="showInbound" /></Button> : null}
      <div id="search-results" role="listbox" aria-label={t('search.results')} className="found-list" hidden={rows.length === 0}>
        {rows.map((row, position) => {
          const reason = row.reasons[0];
          return (
            <div
              key={row.caseId} id={`found-${row.caseId}`} role="option" aria-selected={position === at} className="found"
              onMouseMove={() => { setIndex(position); }} onClick={() => { void leaveForCase(row.caseId); }}
            >
              {isHeard ? <span className="dim">{row.customerCode}</span> : <span><ToneTag mark={markOfRow(row)} /></span>}
              <span className="row-who">
                <span className="row-name"><span className="row-name-text">{row.customerName}</span></span>
                <span className="row-why">{row.creditorName}{isHeard || reason === undefined ? '' : ` · ${reasonSentence(reason, t, format)}`}</span>
              </span>
              {isHeard ? null : <b className="num">{format.money(row.openCents, row.currency)}</b>}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What the list will show first, for whoever pressed Enter before it stood there; a failure is told where the list is. */
async function findFirst(text: string): Promise<WorklistRow | undefined> {
  const found = await query('search-cases', { text });
  return found.ok ? found.value.rows[0] : undefined;
}
