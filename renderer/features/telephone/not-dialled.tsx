/** The last call of this case could not be dialled: why, and what to do. Nothing rang, and nothing counts. */
import type { ReactNode } from 'react';
import type { TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { useLine } from './line-store.ts';
import { notDialledKey } from './line-words.ts';

export function NotDialled({ telephone, caseId }: { telephone: TelephoneScreen | null; caseId: CaseId }): ReactNode {
  const { t } = useWords();
  const dialled = useLine((store) => store.dialled);
  const told = telephone?.notDialled ?? null;
  if (told === null || dialled?.caseId !== caseId || dialled.callId !== told.callId) return null;
  return <p className="field-error" role="alert" data-testid="not-dialled">{t('telephone.notDialled')} {t(notDialledKey(told.code))}</p>;
}
