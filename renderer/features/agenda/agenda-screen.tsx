/** Everything that has a day: callbacks, promises, plans, checks and answers; what is late stands first. */
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import './agenda.css';
import type { AgendaEntry, AgendaScreen as Screen } from '../../../shared/contract/settings-channels.ts';
import { daysBetween } from '../../../shared/time.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { leaveForCase } from '../call/leave-for-case.ts';
import { ContactTasks } from '../contacts/contact-tasks.tsx';
import { moveSelection } from '../worklist/move-selection.ts';
import { AgendaRow } from './agenda-row.tsx';
import { useAgenda } from './agenda-store.ts';

interface Section {
  id: string;
  title: string;
  /** More than are shown. */
  more: number;
  entries: AgendaEntry[];
  /** First place of the section among all entries. */
  from: number;
  isLate: boolean;
  /** Days from today. */
  offset: number;
}

export function AgendaScreen(): ReactNode {
  const { t, format } = useWords();
  const { span, offset, index: wanted, move, toggleSpan, goToToday, showDay, select } = useAgenda();
  const agenda = useQuery('list-agenda', { span, offset });
  const screen = agenda.data;
  const titleOf = (date: Screen['today']): string => {
    const days = screen === null ? 0 : daysBetween(screen.today, date);
    const named = days === 0 ? t('agenda.today') : days === 1 ? t('agenda.tomorrow') : days === -1 ? t('agenda.yesterday') : null;
    return named === null ? format.date(date) : `${named}, ${format.date(date)}`;
  };
  const sections = screen === null ? [] : sectionsOf(screen, t('agenda.late'), titleOf);
  const entries = sections.flatMap((section) => section.entries);
  const index = Math.max(0, Math.min(wanted, entries.length - 1));
  const current = entries[index];
  const step = (direction: 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'): void => {
    if (entries.length > 0) select(moveSelection(index, entries.length, direction));
  };
  useShortcuts({
    ArrowLeft: () => { move(-1); }, ArrowRight: () => { move(1); },
    ArrowDown: () => { step('down'); }, moveDown: () => { step('down'); },
    ArrowUp: () => { step('up'); }, moveUp: () => { step('up'); },
    PageDown: () => { step('page-down'); }, PageUp: () => { step('page-up'); }, Home: () => { step('first'); }, End: () => { step('last'); },
    week: toggleSpan, today: goToToday,
  });
  const isLoaded = screen !== null;
  const currentKey = current === undefined ? undefined : entryId(current);
  useEffect(() => {
    if (currentKey !== undefined) document.getElementById(currentKey)?.scrollIntoView({ block: 'nearest' });
  }, [currentKey]);
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('agenda-entries')?.focus({ preventScroll: true });
  }, [isLoaded]);

  const [first, last] = [screen?.days[0], screen?.days.at(-1)];
  return (
    <main className="agenda" aria-labelledby="agenda-title">
      <header className="agenda-head">
        <h1 id="agenda-title">{t('agenda.title')}</h1>
        <p className="agenda-range" aria-live="polite">
          {first === undefined || last === undefined ? '' : span === 'day' ? titleOf(first.date) : t('agenda.week', { from: format.date(first.date), to: format.date(last.date) })}
        </p>
        <span className="spacer" />
        <Button aria-label={t(span === 'day' ? 'agenda.dayBefore' : 'agenda.weekBefore')} onClick={() => { move(-1); }}><KeyHint keys="←" /></Button>
        <Button disabled={offset === 0} onClick={goToToday}>{t('agenda.today')} <ShortcutHint id="today" /></Button>
        <Button aria-label={t(span === 'day' ? 'agenda.dayAfter' : 'agenda.weekAfter')} onClick={() => { move(1); }}><KeyHint keys="→" /></Button>
        <Button aria-pressed={span === 'week'} onClick={toggleSpan}>{t('agenda.byWeek')} <ShortcutHint id="week" /></Button>
      </header>
      <ContactTasks isQuiet />
      {agenda.error !== null && screen === null ? (
        <Failed error={agenda.error} onRetry={agenda.askAgain} />
      ) : screen === null ? (
        <Loading />
      ) : screen.lease.state !== 'live' ? (
        <Empty title={t(`lease.${screen.lease.state}.title`)} text={t(`lease.${screen.lease.state}.text`)} />
      ) : entries.length === 0 ? (
        <Empty title={t('agenda.emptyTitle')} text={t('agenda.emptyText')} />
      ) : (
        <div
          id="agenda-entries" className="agenda-entries" role="listbox" tabIndex={0} aria-label={t('agenda.title')} aria-activedescendant={currentKey}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.altKey || current === undefined) return;
            event.preventDefault();
            void leaveForCase(current.caseId);
          }}
        >
          {sections.map((section) => (
            <section key={section.id} className={section.isLate ? 'agenda-day agenda-late' : 'agenda-day'} role="group" aria-label={section.title}>
              <h2 aria-hidden="true">
                {section.title}
                <span className="faint"> {section.entries.length === 0 ? t('agenda.nothing') : format.count(section.entries.length + section.more)}</span>
              </h2>
              {section.entries.map((entry, place) => (
                <AgendaRow
                  key={entryId(entry)} id={entryId(entry)} entry={entry} selected={section.from + place === index}
                  onSelect={() => { select(section.from + place); }} onOpen={() => { void leaveForCase(entry.caseId); }}
                />
              ))}
              {section.more === 0 ? null : (
                <p className="dim agenda-more">
                  {t('agenda.more', { count: section.more })}
                  {span === 'week' && !section.isLate ? <Button className="quiet" tabIndex={-1} onClick={() => { showDay(section.offset); }}>{t('agenda.showDay')}</Button> : null}
                </p>
              )}
            </section>
          ))}
        </div>
      )}
    </main>
  );
}

function sectionsOf({ late, days, today }: Screen, lateTitle: string, titleOf: (date: Screen['today']) => string): Section[] {
  const sections: Section[] = [];
  if (late.count > 0) {
    sections.push({ id: 'late', title: lateTitle, more: late.count - late.entries.length, entries: late.entries, from: 0, isLate: true, offset: 0 });
  }
  let from = late.entries.length;
  for (const { date, count, entries } of days) {
    sections.push({ id: date, title: titleOf(date), more: count - entries.length, entries, from, isLate: false, offset: daysBetween(today, date) });
    from += entries.length;
  }
  return sections;
}

function entryId({ caseId, kind }: AgendaEntry): string {
  return `agenda-${kind}-${caseId}`;
}
