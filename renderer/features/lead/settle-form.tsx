/** Somebody has looked at a flag. */
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { FlagId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { DecisionForm } from './decision-form.tsx';

export function SettleForm({ flagId, onClose }: { flagId: FlagId; onClose: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <DecisionForm
      title={t('lead.settle')} reasonLabel={t('lead.noteOptional')} reasonHint={t('lead.settleNote')} submitLabel={t('lead.settle')} saved={t('lead.done.settled')}
      decide={(note) => command('settle-flag', { flagId, note })} onClose={onClose}
    />
  );
}
