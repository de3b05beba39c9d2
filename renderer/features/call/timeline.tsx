/**
 * Everything that happened, newest first; what was corrected stays readable.
 *
 * Invariant: only the entries in sight exist, however long a case is; the one that is being corrected stays, so that nothing typed is lost.
 */
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useCall } from './call-store.ts';
import { CaseFlags } from './case-flags.tsx';
import { InlineForms } from './inline-forms.tsx';
import type { BasedOn } from './inline-forms.tsx';
import { standingOutcome } from './standing-outcome.ts';
import { passesFilter, timelineFilters, useTimelineFilter } from './timeline-filter.ts';
import type { TimelineEntry, TimelineFilter } from './timeline-filter.ts';
import { TimelineRow } from './timeline-row.tsx';

const CorrectionForm = lazy(async () => ({ default: (await import('./correction-form.tsx')).CorrectionForm }));

const USUAL_ROW_PX = 46;

interface Props {
  screen: CaseScreen;
  basedOn: BasedOn;
  scroller: RefObject<HTMLElement | null>;
}

export function Timeline({ screen, basedOn, scroller }: Props): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const userId = useQuery('show-session', {}).data?.user?.userId ?? null;
  const { userId: filteredBy, filter: filtered, choose } = useTimelineFilter();
  const filter: TimelineFilter = filteredBy === userId ? filtered : 'all';
  const entries = screen.history.filter((entry) => passesFilter(entry, filter));
  return (
    <div className="block timeline">
      <div className="block-head">
        <h2 id="timeline-title">{t('case.history')}</h2>
        <span className="block-actions">
          <Button className="quiet" onClick={() => { setInline({ kind: 'note' }); }}>{t('history.addNote')} <ShortcutHint id="note" /></Button>
          <Button className="quiet" onClick={() => { setInline({ kind: 'attach' }); }}>{t('history.attach')} <ShortcutHint id="attach" /></Button>
          <Button className="quiet" onClick={() => { setInline({ kind: 'mail', what: { kind: 'any' } }); }}>{t('mail.short')} <ShortcutHint id="sendMail" /></Button>
        </span>
      </div>
      <InlineForms screen={screen} basedOn={basedOn} place="timeline" />
      <CaseFlags caseId={screen.caseId} />
      {screen.history.length === 0 ? <p className="dim">{t('history.empty')}</p> : (
        <>
          <div className="filters" role="group" aria-label={t('timeline.filters')}>
            {timelineFilters.map((name, index) => (
              <ButtonBase
                key={name} id={index === 0 ? 'timeline-filter' : undefined} className="filter" aria-pressed={name === filter}
                onClick={() => { choose(userId, name); }}
              >
                {t(`timeline.filter.${name}`)}
                {name === filter ? <span className="filter-count">{format.count(entries.length)}</span> : null}
              </ButtonBase>
            ))}
          </div>
          {entries.length === 0 ? <p className="dim">{t('timeline.nothing')}</p> : <Entries screen={screen} entries={entries} basedOn={basedOn} scroller={scroller} />}
        </>
      )}
    </div>
  );
}

function Entries({ screen, entries, basedOn, scroller }: Props & { entries: TimelineEntry[] }): ReactNode {
  const inline = useCall((store) => store.inline);
  const closeInline = useCall((store) => store.closeInline);
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above grows and shrinks: forms open, invoices unfold.
  useEffect(() => {
    const panel = scroller.current;
    if (panel === null) return undefined;
    const measure = (): void => {
      if (list.current !== null) setTop(Math.round(list.current.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop));
    };
    const observer = new ResizeObserver(measure);
    for (const block of panel.children) observer.observe(block);
    measure();
    return () => { observer.disconnect(); };
  }, [scroller]);
  const { locale } = useWords();
  const correctedAt = inline?.kind === 'correction' ? entries.findIndex(({ factId }) => factId === inline.factId) : -1;
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_ROW_PX,
    overscan: 6,
    scrollMargin: top,
    getItemKey: (at) => entries[at]?.factId ?? at,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return correctedAt < 0 || shown.includes(correctedAt) ? shown : [...shown, correctedAt].sort((a, b) => a - b);
    },
  });
  return (
    <ul ref={list} className="history" aria-labelledby="timeline-title" data-testid="timeline" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const entry = entries[item.index];
        if (entry === undefined) return null;
        return (
          <li
            key={item.key} ref={virtual.measureElement} data-index={item.index} aria-setsize={entries.length} aria-posinset={item.index + 1}
            style={{ transform: `translateY(${String(item.start - top)}px)` }}
          >
            <TimelineRow screen={screen} entry={entry} />
            {entry.kind === 'outcome' && item.index === correctedAt ? (
              <Suspense fallback={null}>
                <CorrectionForm
                  screen={screen} outcome={standingOutcome(screen, entry)} onClose={() => { closeInline(inline); }}
                  correct={(form, reason) => command('correct-outcome', { caseId: screen.caseId, locale, targetFactId: entry.factId, form, reason, basedOn })}
                />
              </Suspense>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
