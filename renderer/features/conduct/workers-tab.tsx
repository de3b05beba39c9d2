/** The agreement with the workers: what it lets be on today, the paper behind it; an administrator records and withdraws it. */
import type { ReactNode } from 'react';
import type { WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { agreementCovers, agreementScopes } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { dateOfInstant, systemClock } from '../../../shared/time.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { siteZone } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { AgreementPaper } from '../../ui/agreement-paper.tsx';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { RecordAgreement } from './record-agreement.tsx';
import { WithdrawAgreement } from './withdraw-agreement.tsx';

export function WorkersTab({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const { t } = useWords();
  const { data, error, askAgain } = useQuery('show-workers-agreement', {});
  if (data === null) return error === null ? <Loading /> : <Failed error={error} onRetry={askAgain} />;
  const [newest = null, ...earlier] = data.versions;
  const standing = newest?.withdrawn === null ? newest : null;
  return (
    <div className={mayEdit ? 'workers-parts' : 'workers-parts workers-read'}>
      <section className="card conduct-panel" aria-labelledby="workers-title">
        <header className="conduct-head"><h2 id="workers-title">{t('conduct.workers.title')}</h2></header>
        <div className="conduct-scroll workers-now" tabIndex={0} role="group" aria-labelledby="workers-title">
          <p className="dim">{t('conduct.workers.text')}</p>
          <h3>{t('conduct.workers.today')}</h3>
          <ul className="workers-covers">{agreementScopes.map((scope) => <Covered key={scope} agreement={newest} scope={scope} />)}</ul>
          <h3>{t('conduct.workers.paper')}</h3>
          {newest === null ? <p>{t('conduct.workers.none')}</p> : <AgreementPaper agreement={newest} />}
          {mayEdit && standing !== null ? <WithdrawAgreement key={standing.version} onWithdrawn={askAgain} /> : null}
          {earlier.length === 0 ? null : (
            <details className="workers-earlier">
              <summary>{t('conduct.workers.earlier', { count: earlier.length })}</summary>
              {earlier.map((agreement) => <AgreementPaper key={agreement.version} agreement={agreement} />)}
            </details>
          )}
        </div>
      </section>
      {mayEdit ? <RecordAgreement key={newest?.version ?? 0} standing={standing} version={newest?.version ?? 0} onRecorded={askAgain} /> : null}
    </div>
  );
}

function Covered({ agreement, scope }: { agreement: WorkersAgreementEntity | null; scope: (typeof agreementScopes)[number] }): ReactNode {
  const { t } = useWords();
  const isOn = agreementCovers(agreement, scope, dateOfInstant(systemClock.nowMs(), siteZone));
  return <li className={isOn ? 'covers-on' : 'covers-off'}><b>{t(`conduct.workers.scopeOf.${scope}`)}</b> {t(isOn ? `conduct.workers.on.${scope}` : `conduct.workers.off.${scope}`)}</li>;
}
