/** The rules of the house: scripts, rules per creditor, the calendar, certificates, rates, the agreement with the workers; who sends mail, for administrators only. For leads and administrators. */
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import './conduct.css';
import type { User } from '../../../shared/protocol/session-protocol.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { CalendarTab } from './calendar-tab.tsx';
import { CertificatesTab } from './certificates-tab.tsx';
import type { ConductTab } from './conduct-store.ts';
import { conductTabs, useConduct } from './conduct-store.ts';
import { MailSendersTab } from './mail-senders-tab.tsx';
import { RatesTab } from './rates-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { useScriptEditor } from './script-editor-store.ts';
import { ScriptsTab } from './scripts-tab.tsx';
import { WorkersTab } from './workers-tab.tsx';

export function ConductScreen({ me }: { me: User }): ReactNode {
  const { t } = useWords();
  const { tab, show, enter } = useConduct();
  const isEditing = useScriptEditor((store) => store.now !== null);
  const close = useScriptEditor((store) => store.close);
  useEffect(() => { enter(me.userId); }, [enter, me.userId]);
  useEffect(() => close, [close]);
  const tabs = tabsOf(me);
  useShortcuts(Object.fromEntries(tabs.flatMap((name, index) => [[String(index + 1), () => { show(name); }], [`Ctrl+${String(index + 1)}`, () => { show(name); }]])));
  return (
    <main className="conduct" aria-labelledby="conduct-title">
      <h1 id="conduct-title" className="visually-hidden">{t('conduct.title')}</h1>
      <Tabs tabs={tabs} tab={tab} onTab={show} />
      <div className="conduct-body" role="tabpanel" id="conduct-panel" aria-labelledby={`conduct-tab-${tab}`}>
        {tab === 'scripts' ? (isEditing ? <ScriptEditor /> : <ScriptsTab />)
          : tab === 'rules' ? <RulesTab />
          : tab === 'calendar' ? <CalendarTab />
          : tab === 'certificates' ? <CertificatesTab mayEdit={me.role === 'admin'} />
          : tab === 'rates' ? <RatesTab mayEdit={me.role === 'admin'} />
          : tab === 'mail' ? <MailSendersTab />
          : <WorkersTab mayEdit={me.role === 'admin'} />}
      </div>
    </main>
  );
}

/** The senders are an administrator's. */
function tabsOf({ role }: User): readonly ConductTab[] {
  return role === 'admin' ? conductTabs : conductTabs.filter((name) => name !== 'mail');
}

function Tabs({ tabs, tab, onTab }: { tabs: readonly ConductTab[]; tab: ConductTab; onTab: (tab: ConductTab) => void }): ReactNode {
  const { t } = useWords();
  const move = (step: number): void => {
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
    onTab(next);
    document.getElementById(`conduct-tab-${next}`)?.focus();
  };
  return (
    <div
      className="conduct-tabs" role="tablist" aria-label={t('conduct.title')}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
        event.preventDefault();
        move(event.key === 'ArrowRight' ? 1 : -1);
      }}
    >
      {tabs.map((name, index) => (
        <ButtonBase
          key={name} id={`conduct-tab-${name}`} role="tab" aria-selected={tab === name} aria-controls="conduct-panel" tabIndex={tab === name ? 0 : -1}
          className="conduct-tab" onClick={() => { onTab(name); }}
        >
          {t(`conduct.tab.${name}`)} <KeyHint keys={String(index + 1)} />
        </ButtonBase>
      ))}
    </div>
  );
}
