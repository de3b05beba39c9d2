/** How the line stands and why, and what may be done about it. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import type { TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { actOnLine, useLine } from './line-store.ts';
import { linePhase } from './line-view.ts';
import { useTicking } from './use-ticking.ts';

export function LineFacts({ screen, account }: { screen: LineScreen; account: TelephoneScreen['account'] }): ReactNode {
  const { t, format } = useWords();
  const retryAtMs = useLine((store) => store.retryAtMs);
  const error = useLine((store) => (store.error?.action === 'retry-line' || store.error?.action === 'ring-practice-call' ? store.error.error : null));
  const phase = linePhase(screen);
  const nowMs = useTicking(phase === 'waiting' && retryAtMs !== null);
  const isPractice = screen.kind === 'practice';
  const waitSeconds = retryAtMs === null ? 0 : Math.max(0, Math.ceil((retryAtMs - nowMs) / 1_000));
  const { problem } = screen.line;
  return (
    <div className="line-facts">
      <p role="status">
        {isPractice ? t('telephone.practiceText') : t(`telephone.lineText.${phase}`)}
        {!isPractice && phase === 'waiting' && waitSeconds > 0 ? ` ${t('telephone.retryIn', { count: waitSeconds })}` : ''}
      </p>
      {problem === null ? null : <p className="line-problem">{t(`telephone.problem.${problem}`)}</p>}
      {account === null || isPractice ? null : <p className="dim">{t('telephone.account', { user: account.user, domain: account.domain })}</p>}
      <div className="inline-actions">
        {phase === 'waiting' || phase === 'refused' ? <Button onClick={() => { void actOnLine('retry-line', {}); }}>{t('telephone.retry')}</Button> : null}
        {isPractice ? <Button onClick={() => { void actOnLine('ring-practice-call', {}); }}>{t('telephone.ringPractice')}</Button> : null}
      </div>
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </div>
  );
}
