/**
 * Saving the outcome: once, and the screen says so only after the desk did.
 *
 * Invariant: the answer is applied to the form that was saved: where another case came in front meanwhile, only the line at the foot tells of it.
 */
import { command } from '../../bridge/desk.ts';
import type { CallId } from '../../../shared/id.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { fail } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence, outcomeSentence } from '../../app/sentences.ts';
import { useCall } from './call-store.ts';
import { dropDraft, forgetDraft, keepDropped } from './draft-saver.ts';
import { focusField, leaveField } from './form-errors.ts';
import { isInFront } from './is-in-front.ts';
import { checkNote, draftOfForm, toOutcomeForm } from './outcome-form.ts';
import { callClosed, useRunningCall } from './running-call.ts';
import { offerUndo } from './undo-outcome.ts';

/** `save` answers true once the outcome is on the disk and its case still in front: then one may go on; `allTheSame`: the rules refused the contact, and it happened; `goesOn`: the call stays open. A call that is told and an empty form: the call is closed. */
export function useSaveOutcome(screen: CaseScreen, scriptVersion: string | null): { save: (how?: { allTheSame?: boolean; goesOn?: boolean }) => Promise<boolean> } {
  const words = useWords();
  const { t, locale, format } = words;
  const { caseId } = screen;
  const isHere = (): boolean => isInFront(caseId);
  const end = (callId: CallId): void => {
    const { call } = useRunningCall.getState();
    if (call === null || call.callId === callId) callClosed();
  };
  /** What came of the call is said already: nothing more to save, it only ends. */
  const close = async (callId: CallId): Promise<boolean> => {
    const { setSaving, setError } = useCall.getState();
    setSaving(true);
    const result = await command('close-call', { callId, locale });
    if (isHere()) {
      setSaving(false);
      setError(result.ok ? null : result.error);
    } else if (!result.ok) useNotice.getState().warn(errorSentence(result.error, t, format));
    if (!result.ok) return false;
    end(callId);
    useNotice.getState().say(t('status.callClosed', { name: screen.customer.name }));
    return isHere();
  };
  const save = async ({ allTheSame = false, goesOn = false } = {}): Promise<boolean> => {
    const { form, saving, setSaving, setError, clear } = useCall.getState();
    // The line may have been waited for.
    if (saving || !isHere()) return false;
    const filled = toOutcomeForm(form);
    const running = useRunningCall.getState().call;
    if (filled === null && !goesOn && running?.caseId === caseId && running.isTold && draftOfForm(form, '') === null) return close(running.callId);
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
    setSaving(true);
    await dropDraft(caseId);
    const basedOn = { caseRevision: screen.revision, scriptVersion };
    const result = await command('record-outcome', { caseId, locale, form: { ...filled, withoutPermit: allTheSame }, basedOn, goesOn });
    if (!result.ok) {
      // What was dropped for the sake of saving is kept again.
      if (!isHere()) {
        keepDropped(caseId, draftOfForm(form, ''));
        useNotice.getState().warn(errorSentence(result.error, t, format));
        return false;
      }
      useCall.getState().change({});
      setSaving(false);
      setError(result.error);
      focusField(String(result.error.details['field'] ?? ''));
      return false;
    }
    forgetDraft(caseId);
    if (isHere()) {
      clear({ goesOn });
      leaveField();
    }
    if (running?.caseId === caseId && !goesOn) end(running.callId);
    useNotice.getState().say(t('status.saved', { name: screen.customer.name, what: outcomeSentence(result.value.outcome, t, format) }));
    offerUndo({ caseId, basedOn, factId: result.value.factId, customerName: screen.customer.name, form }, words);
    return isHere();
  };
  return { save };
}
