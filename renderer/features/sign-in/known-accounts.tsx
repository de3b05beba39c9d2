/** The people known on this PC, and whose outcomes still wait here. */
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import type { SessionScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';

interface Props {
  accounts: SessionScreen['accounts'];
  chosen: string;
  onChoose: (username: string) => void;
}

export function KnownAccounts({ accounts, chosen, onChoose }: Props): ReactNode {
  const { t } = useWords();
  if (accounts.length === 0) return <p className="dim">{t('signIn.nobodyYet')}</p>;
  return (
    <ul className="accounts" aria-label={t('signIn.knownAccounts')}>
      {accounts.map((account) => (
        <li key={account.username}>
          <ButtonBase className="account" aria-pressed={account.username === chosen} onClick={() => { onChoose(account.username); }}>
            <span className="account-name">{account.displayName}</span>
            <span className="dim">{t(`role.${account.role}`, { defaultValue: account.role })}</span>
            {account.unsent ? <span className="account-unsent">{t('signIn.unsentWaits')}</span> : null}
          </ButtonBase>
        </li>
      ))}
    </ul>
  );
}
