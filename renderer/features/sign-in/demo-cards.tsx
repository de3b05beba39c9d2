/** The demo's people: one click, or Enter, and the first screen opens. */
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import type { SessionScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';

/** Work first: the collector's card is the one that Enter opens. */
const order: readonly string[] = ['collector', 'lead', 'admin'];

type DemoAccount = SessionScreen['demoAccounts'][number];

interface Props {
  accounts: DemoAccount[];
  busyWith: string | null;
  onChoose: (account: DemoAccount) => void;
}

export function DemoCards({ accounts, busyWith, onChoose }: Props): ReactNode {
  const { t } = useWords();
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title" className="demo-title">{t('signIn.demoTitle')}</h2>
      <p className="dim">{t('signIn.demoText')}</p>
      <ul className="demo-cards">
        {[...accounts].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role)).map((account, index) => (
          <li key={account.username}>
            <ButtonBase className="demo-card" autoFocus={index === 0} disabled={busyWith !== null} onClick={() => { onChoose(account); }}>
              <span className="demo-role">{t(`role.${account.role}`, { defaultValue: account.role })}</span>
              <span className="dim">{busyWith === account.username ? t('signIn.entering') : account.displayName}</span>
              <span className="demo-what">{t(`signIn.demoRole.${account.role}`, { defaultValue: '' })}</span>
            </ButtonBase>
          </li>
        ))}
      </ul>
    </section>
  );
}
