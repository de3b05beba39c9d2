/** Ctrl+K: any case by name, code, number or invoice. */
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import { useDebounced } from '../../app/use-debounced.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { errorSentence, reasonSentence } from '../../app/sentences.ts';
import { markOfRow, ToneTag } from '../../ui/tone-tag.tsx';
import { saveDraftNow } from '../call/draft-saver.ts';
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
  const openCase = useNavigation((store) => store.openCase);
  const [text, setText] = useState(() => useNavigation.getState().searchText);
  const [index, setIndex] = useState(0);
  const asked = useDebounced(text.trim(), PAUSE_MS);
  const answer = useQuery('search-cases', asked === '' ? null : { text: asked });
  const rows = asked === '' ? [] : (answer.data?.rows ?? []);
  const at = Math.min(index, rows.length - 1);
  const current = rows[at];

  const open = async (row: WorklistRow): Promise<void> => {
    await saveDraftNow();
    openCase(row.caseId);
  };
  const message =
    asked === '' ? t('search.how')
    : answer.error !== null ? errorSentence(answer.error, t, format)
    : answer.data !== null && rows.length === 0 ? t('search.nothing', { text: asked })
    : '';
  return (
    <div className="search">
      <InputBase
        fullWidth autoFocus value={text} placeholder={t('search.placeholder')}
        inputProps={{
          role: 'combobox', 'aria-label': t('search.title'), 'aria-expanded': rows.length > 0, 'aria-controls': 'search-results', 'aria-autocomplete': 'list',
          'aria-activedescendant': current === undefined ? undefined : `found-${current.caseId}`, maxLength: 200, spellCheck: false,
        }}
        onChange={(event) => { setText(event.target.value); setIndex(0); }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setIndex(moveSelection(at, rows.length, 'down'));
          else if (event.key === 'ArrowUp') setIndex(moveSelection(at, rows.length, 'up'));
          else if (event.key === 'Enter' && current !== undefined) void open(current);
          else return;
          event.preventDefault();
        }}
      />
      <p className="search-message" role="status">{message}</p>
      <div id="search-results" role="listbox" aria-label={t('search.results')} className="found-list" hidden={rows.length === 0}>
        {rows.map((row, position) => {
          const reason = row.reasons[0];
          return (
            <div
              key={row.caseId} id={`found-${row.caseId}`} role="option" aria-selected={position === at} className="found"
              onMouseMove={() => { setIndex(position); }} onClick={() => { void open(row); }}
            >
              <span><ToneTag mark={markOfRow(row)} /></span>
              <span className="row-who">
                <span className="row-name"><span className="row-name-text">{row.customerName}</span></span>
                <span className="row-why">{row.creditorName}{reason === undefined ? '' : ` · ${reasonSentence(reason, t, format)}`}</span>
              </span>
              <b className="num">{format.money(row.openCents, row.currency)}</b>
            </div>
          );
        })}
      </div>
    </div>
  );
}
