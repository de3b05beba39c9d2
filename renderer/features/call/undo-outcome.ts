/**
 * Taking back the outcome just saved, also from the next case.
 *
 * Invariants: an undo is an annulment with a reason, so both stay in the history (domain §3.10); it is offered until the next
 * save or for a minute, once; what was typed comes back as the draft of its case, never over what stands in a form.
 */
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { Words } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useCall } from './call-store.ts';
import { leaveForCase } from './leave-for-case.ts';
import { draftOfForm } from './outcome-form.ts';
import type { FormState } from './outcome-form.ts';

const OFFERED_MS = 60_000;

export interface SavedOutcome {
  caseId: CaseId;
  factId: FactId;
  basedOn: IntentInput<'correct-outcome'>['basedOn'];
  customerName: string;
  /** As it stood when it was saved. */
  form: FormState;
}

/** Offers the undo beside what was said of the save. */
export function offerUndo(saved: SavedOutcome, words: Words): void {
  const { t } = words;
  const what = saved.form.code === null ? '' : t(`outcome.${saved.form.code}`);
  useNotice.getState().offer({
    label: t('undo.label', { what, name: saved.customerName }), shortLabel: t('undo.short'), keys: 'Ctrl Z', shortcut: 'Ctrl+Z',
    run: () => { void undo(saved, words); },
  }, OFFERED_MS);
}

async function undo(saved: SavedOutcome, { t, locale, format }: Words): Promise<void> {
  const { caseId, basedOn, factId, customerName, form } = saved;
  useNotice.getState().withdraw();
  const result = await command('correct-outcome', { caseId, locale, targetFactId: factId, form: null, reason: t('undo.reason'), basedOn });
  if (!result.ok) {
    useNotice.getState().warn(errorSentence(result.error, t, format));
    return;
  }
  const open = useCall.getState();
  const isOpen = open.caseId === caseId;
  if (!isOpen) await command('save-draft', { caseId, draft: draftOfForm(form, '') });
  else if (draftOfForm(open.form, '') === null) open.restore(form);
  useNotice.getState().say(t('undo.done', { name: customerName }));
  if (isOpen) return;
  useNotice.getState().offer({
    label: t('undo.openLabel', { name: customerName }), shortLabel: t('undo.open'), keys: 'Ctrl Z', shortcut: 'Ctrl+Z',
    run: () => {
      useNotice.getState().withdraw();
      void leaveForCase(caseId);
    },
  }, OFFERED_MS);
}
