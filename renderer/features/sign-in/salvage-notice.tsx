/** What became of damaged data: said above the work, until the operator says it was read. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { SalvageNotice as Notice } from '../../../shared/contract/salvage-notice.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { command } from '../../bridge/desk.ts';

interface Props {
  notice: Notice;
  onAcknowledged: () => void;
}

export function SalvageNotice({ notice, onAcknowledged }: Props): ReactNode {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const { lost, perhapsLost, salvaged, at } = notice;
  const acknowledge = async (): Promise<void> => {
    const result = await command('acknowledge-salvage', {});
    if (result.ok) onAcknowledged();
    else setError(result.error);
  };
  return (
    <section className="note salvage" aria-labelledby="salvage-title" data-testid="salvage-notice">
      <div>
        <h2 id="salvage-title">{t('salvage.title')}</h2>
        <p>{t('salvage.setAside', { at: format.moment(at) })} {t('salvage.recovered', { count: salvaged })}</p>
        {lost.length === 0 ? null : (
          <>
            <p>{t('salvage.lost')}</p>
            <ul tabIndex={0} aria-labelledby="salvage-title">
              {lost.map((fact, index) => (
                <li key={index}>
                  {[
                    t(`salvage.kind.${fact.kind}`), fact.customerName ?? t('salvage.customerUnknown'), fact.at === null ? t('salvage.timeUnknown') : format.moment(fact.at),
                  ].join(' · ')}
                </li>
              ))}
            </ul>
          </>
        )}
        {perhapsLost.length === 0 ? null : <p>{t('salvage.perhapsLost')} {perhapsLost.map((table) => t(`salvage.perhaps.${table}`)).join(' · ')}</p>}
        {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
      </div>
      <Button onClick={() => { void acknowledge(); }}>{t('salvage.read')}</Button>
    </section>
  );
}
