/** The rules of the house: scripts, rules per creditor, the calendar, certificates. For leads and administrators. */
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
import { RulesTab } from './rules-tab.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { useScriptEditor } from './script-editor-store.ts';
import { ScriptsTab } from './scripts-tab.tsx';

export function ConductScreen({ me }: { me: User }): ReactNode {
  const { t } = useWords();
  const { tab, show, enter } = useConduct();
  const isEditing = useScriptEditor((store) => store.now !== null);
  const close = useScriptEditor((store) => store.close);
  useEffect(() => { enter(me.userId); }, [enter, me.userId]);
  useEffect(() => close, [close]);
  useShortcuts(Object.fromEntries(conductTabs.flatMap((name, index) => [[String(index + 1), () => { show(name); }], [`Ctrl+${String(index + 1)}`, () => { show(name); }]])));
  return (
    <main className="conduct" aria-labelledby="conduct-title">
      <h1 id="conduct-title" className="visually-hidden">{t('conduct.title')}</h1>
      <Tabs tab={tab} onTab={show} />
      <div className="conduct-body" role="tabpanel" id="conduct-panel" aria-labelledby={`conduct-tab-${tab}`}>
        {tab === 'scripts' ? (isEditing ? <ScriptEditor /> : <ScriptsTab />)
          : tab === 'rules' ? <RulesTab />
          : tab === 'calendar' ? <CalendarTab />
          : <CertificatesTab mayEdit={me.role === 'admin'} />}
      </div>
    </main>
  );
}

function Tabs({ tab, onTab }: { tab: ConductTab; onTab: (tab: ConductTab) => void }): ReactNode {
  const { t } = useWords();
  const move = (step: number): void => {
    const next = conductTabs[(conductTabs.indexOf(tab) + step + conductTabs.length) % conductTabs.length] ?? tab;
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
      {conductTabs.map((name, index) => (
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
