/** Saving the outcome: once, and the screen says so only after the desk did. */
import { command } from '../../bridge/desk.ts';
import type { CallId } from '../../../shared/id.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { fail } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { outcomeSentence } from '../../app/sentences.ts';
import { useCall } from './call-store.ts';
import { dropDraft, forgetDraft } from './draft-saver.ts';
import { focusField, leaveField } from './form-errors.ts';
import { checkNote, draftOfForm, toOutcomeForm } from './outcome-form.ts';
import { callClosed, useRunningCall } from './running-call.ts';
import { offerUndo } from './undo-outcome.ts';

/** `save` answers true once the outcome is on the disk; `allTheSame`: the rules refused the contact, and it happened; `goesOn`: the call stays open. A call that is told and an empty form: the call is closed. */
export function useSaveOutcome(screen: CaseScreen, scriptVersion: string | null): { save: (how?: { allTheSame?: boolean; goesOn?: boolean }) => Promise<boolean> } {
  const words = useWords();
  const { t, locale, format } = words;
  /** What came of the call is said already: nothing more to save, it only ends. */
  const close = async (callId: CallId): Promise<boolean> => {
    const { setSaving, setError } = useCall.getState();
    setSaving(true);
    const result = await command('close-call', { callId, locale });
    setSaving(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return false;
    callClosed();
    useNotice.getState().say(t('status.callClosed', { name: screen.customer.name }));
    return true;
  };
  const save = async ({ allTheSame = false, goesOn = false } = {}): Promise<boolean> => {
    const { form, saving, setSaving, setError, clear } = useCall.getState();
    if (saving) return false;
    const filled = toOutcomeForm(form);
    const running = useRunningCall.getState().call;
    if (filled === null && !goesOn && running?.caseId === screen.caseId && running.isTold && draftOfForm(form, '') === null) return close(running.callId);
    if (filled === null) {
      setError(fail('code-missing', 'error.codeMissing', { field: 'code' }).error);
      focusField('code');
      return false;
    }
    const tooLong = checkNote(filled.note);
    if (tooLong !== null) {
      setError(tooLong);
      focusField('note');
      return false;
    }
    const call = useRunningCall.getState().call;
    setSaving(true);
    await dropDraft(screen.caseId);
    const basedOn = { caseRevision: screen.revision, scriptVersion };
    const result = await command('record-outcome', { caseId: screen.caseId, locale, form: { ...filled, withoutPermit: allTheSame }, basedOn, goesOn });
    if (!result.ok) {
      // What was dropped for the sake of saving is kept again.
      useCall.getState().change({});
      setSaving(false);
      setError(result.error);
      focusField(String(result.error.details['field'] ?? ''));
      return false;
    }
    forgetDraft(screen.caseId);
    clear({ goesOn });
    leaveField();
    if (call?.caseId === screen.caseId && !goesOn) callClosed();
    useNotice.getState().say(t('status.saved', { name: screen.customer.name, what: outcomeSentence(result.value.outcome, t, format) }));
    offerUndo({ caseId: screen.caseId, basedOn, factId: result.value.factId, customerName: screen.customer.name, form }, words);
    return true;
  };
  return { save };
}
