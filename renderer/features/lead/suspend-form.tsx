/** Keeps a case or an invoice out of all contact. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { invoiceIdSchema } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

export function SuspendForm({ screen, onClose }: { screen: CaseScreen; onClose: () => void }): ReactNode {
  const { t, locale, format } = useWords();
  const [kind, setKind] = useState<'suspended' | 'excluded'>('suspended');
  const [invoiceId, setInvoiceId] = useState('');
  const [untilText, setUntilText] = useState('');
  return (
    <DecisionForm
      title={t('lead.suspend')} reasonLabel={t('lead.reason')} reasonHint={t('lead.reasonSeen')} submitLabel={t(`lead.do.${kind}`)} saved={t(`lead.done.${kind}`)} onClose={onClose}
      decide={(reason) => command('suspend-activity', {
        caseId: screen.caseId, kind, invoiceId: invoiceIdSchema.safeParse(invoiceId).data ?? null, untilText: kind === 'excluded' ? '' : untilText, reason, locale,
      })}
    >
      {(errorOf) => {
        const invoiceError = errorOf('invoiceId');
        return (
          <>
            <Choice
              label={t('lead.how')} value={kind} onChange={(value) => { setKind(value === 'excluded' ? 'excluded' : 'suspended'); }}
              options={[{ value: 'suspended', label: t('lead.kind.suspended') }, { value: 'excluded', label: t('lead.kind.excluded') }]}
            />
            <Choice
              label={t('lead.what')} value={invoiceId} none={t('lead.wholeCase')} onChange={setInvoiceId}
              error={invoiceError === null ? null : errorSentence(invoiceError, t, format)}
              options={screen.invoices.filter(({ residualCents }) => residualCents > 0).map((invoice) => ({
                value: invoice.invoiceId, label: `${invoice.number} · ${format.money(invoice.residualCents, invoice.currency)}`,
              }))}
            />
            {kind === 'excluded' ? null : (
              <TypedField
                kind="date" label={t('lead.until')} text={untilText} currency={screen.currency} placeholder={t('lead.untilPlaceholder')} hint={t('lead.untilHint')}
                error={errorOf('until')} onChange={setUntilText}
              />
            )}
          </>
        );
      }}
    </DecisionForm>
  );
}
