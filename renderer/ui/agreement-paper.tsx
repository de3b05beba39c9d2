/** The agreement with the workers as it is on record: what kind, what it allows, who signed it, which paper, from when to when. */
import type { ReactNode } from 'react';
import './agreement-paper.css';
import { useWords } from '../app/i18n.ts';
import type { WorkersAgreementEntity } from '../../shared/protocol/workers-agreement-protocol.ts';

export function AgreementPaper({ agreement: { version, kind, scopes, signedOn, from, until, signatories, document, recordedAt, withdrawn } }: { agreement: WorkersAgreementEntity }): ReactNode {
  const { t, format } = useWords();
  return (
    <dl className="workers-paper">
      <div><dt>{t('conduct.workers.field.kind')}</dt><dd>{t(`conduct.workers.kindOf.${kind}`)} <span className="dim">{t('conduct.rules.version', { version })}, {format.full(recordedAt)}</span></dd></div>
      <div><dt>{t('conduct.workers.field.scopes')}</dt><dd>{scopes.map((scope) => t(`conduct.workers.scopeOf.${scope}`)).join(', ')}</dd></div>
      <div><dt>{t('conduct.workers.field.signatories')}</dt><dd>{signatories}, {format.shortDate(signedOn)}</dd></div>
      <div><dt>{t('conduct.workers.field.document')}</dt><dd>{document}</dd></div>
      <div><dt>{t('conduct.workers.holds')}</dt><dd>{until === null ? t('conduct.workers.holdsFrom', { from: format.shortDate(from) }) : t('conduct.workers.holdsUntil', { from: format.shortDate(from), until: format.shortDate(until) })}</dd></div>
      {withdrawn === null ? null : <div><dt>{t('conduct.workers.withdrawn')}</dt><dd>{format.full(withdrawn.at)} · {withdrawn.reason}</dd></div>}
    </dl>
  );
}
