/** Lets a person be contacted more often than the rules say, until the end of a day. Nothing but frequency gives way. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

export function AllowForm({ screen, onClose }: { screen: CaseScreen; onClose: () => void }): ReactNode {
  const { t, locale } = useWords();
  const [untilText, setUntilText] = useState('');
  return (
    <DecisionForm
      title={t('lead.allow')} reasonLabel={t('lead.reason')} reasonHint={t('lead.allowNote')} submitLabel={t('lead.do.allow')} saved={t('lead.done.allow')} onClose={onClose}
      decide={(reason) => command('allow-contact', { caseId: screen.caseId, untilText, reason, locale })}
    >
      {(errorOf) => (
        <TypedField
          kind="date" label={t('lead.until')} text={untilText} currency={screen.currency} placeholder={t('lead.allowUntilPlaceholder')} hint={t('lead.allowUntilHint')}
          error={errorOf('until')} onChange={setUntilText}
        />
      )}
    </DecisionForm>
  );
}
