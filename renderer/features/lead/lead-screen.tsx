/** The lead's desk: lists, what came in, what wants a look, what waits for a second person, any case. It names no operator. */
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import './lead.css';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { AuditsList } from './audits-list.tsx';
import { FindCases } from './find-cases.tsx';
import { FlagList } from './flag-list.tsx';
import { IncomingList } from './incoming-list.tsx';
import { IncomingTotals } from './incoming-totals.tsx';
import { LeadCase } from './lead-case.tsx';
import type { LeadTab } from './lead-store.ts';
import { leadTabs, useLead } from './lead-store.ts';
import { ListsTable } from './lists-table.tsx';
import { MailList } from './mail-list.tsx';
import { focusFirstRow } from './use-rows.ts';

export function LeadScreen(): ReactNode {
  const { t } = useWords();
  const { tab, caseId, show, closeCase, setList, reset } = useLead();
  useEffect(() => reset, [reset]);
  const find = (): void => {
    setList(null);
    // Where Find is open already, nothing appears that would take the focus.
    document.getElementById('lead-find')?.focus();
  };
  // The search of the bar knows an operator's own cases; a lead looks among all.
  useEffect(() => useNavigation.subscribe(({ searchOpen, setSearchOpen }) => {
    if (!searchOpen) return;
    setSearchOpen(false);
    setList(null);
  }), [setList]);
  const keys = Object.fromEntries(leadTabs.flatMap((name, index) => [[String(index + 1), () => { show(name); }], [`Ctrl+${String(index + 1)}`, () => { show(name); }]]));
  // In a case Esc is the case's own.
  useShortcuts({ ...keys, findCase: find, ...(caseId === null ? { Escape: () => { stepOut(tab, show); } } : {}) });
  return (
    <main className="lead" aria-labelledby="lead-title">
      <h1 id="lead-title" className="visually-hidden">{t('lead.title')}</h1>
      <Tabs tab={tab} onTab={show} />
      <div className="lead-body" role="tabpanel" id="lead-panel" aria-labelledby={`lead-tab-${tab}`}>
        {caseId === null ? <TabBody tab={tab} /> : <LeadCase key={caseId} caseId={caseId} onBack={closeCase} />}
      </div>
    </main>
  );
}

/** Out of a field first, then out of the tab; what was typed stays. */
function stepOut(tab: LeadTab, show: (tab: LeadTab) => void): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLInputElement) {
    document.getElementById(`lead-tab-${tab}`)?.focus();
    return;
  }
  if (tab === 'lists') return;
  if (activeElement instanceof HTMLElement) activeElement.blur();
  show('lists');
}

function Tabs({ tab, onTab }: { tab: LeadTab; onTab: (tab: LeadTab) => void }): ReactNode {
  const { t, format } = useWords();
  const waiting: Partial<Record<LeadTab, number>> = {
    flags: useQuery('list-flags', {}).data?.rows.length ?? 0,
    audits: useQuery('list-audits', {}).data?.waiting ?? 0,
    mail: useQuery('list-mail-problems', {}).data?.problems.length ?? 0,
  };
  const move = (step: number): void => {
    const next = leadTabs[(leadTabs.indexOf(tab) + step + leadTabs.length) % leadTabs.length] ?? tab;
    onTab(next);
    document.getElementById(`lead-tab-${next}`)?.focus();
  };
  return (
    <div
      className="lead-tabs" role="tablist" aria-label={t('lead.title')}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || !['ArrowRight', 'ArrowLeft', 'ArrowDown'].includes(event.key)) return;
        event.preventDefault();
        if (event.key === 'ArrowDown') focusFirstRow(document.getElementById('lead-panel'));
        else move(event.key === 'ArrowRight' ? 1 : -1);
      }}
    >
      {leadTabs.map((name, index) => (
        <ButtonBase
          key={name} id={`lead-tab-${name}`} role="tab" aria-selected={tab === name} aria-controls="lead-panel" tabIndex={tab === name ? 0 : -1}
          className="lead-tab" onClick={() => { onTab(name); }}
        >
          {t(`lead.tab.${name}`)}
          {(waiting[name] ?? 0) === 0 ? null : <span className="tag tag-reminder">{format.count(waiting[name] ?? 0)}</span>}
          <KeyHint keys={String(index + 1)} />
        </ButtonBase>
      ))}
    </div>
  );
}

function TabBody({ tab }: { tab: LeadTab }): ReactNode {
  switch (tab) {
    case 'lists': return <ListsTable />;
    case 'incoming': return <Incoming />;
    case 'flags': return <FlagList />;
    case 'audits': return <AuditsList />;
    case 'find': return <FindCases />;
    case 'mail': return <MailList />;
  }
}

function Incoming(): ReactNode {
  const incoming = useQuery('list-incoming', {});
  if (incoming.data === null) return incoming.error === null ? <Loading /> : <Failed error={incoming.error} onRetry={incoming.askAgain} />;
  return (
    <>
      <IncomingTotals totals={incoming.data.totals} />
      <IncomingList rows={incoming.data.rows} />
    </>
  );
}
