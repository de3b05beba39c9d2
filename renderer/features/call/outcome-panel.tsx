/** Right: what came of the call. A code, the fields it asks for, one key to save and go on. */
import Button from '@mui/material/Button';
import { memo, useEffect, useEffectEvent } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { causeCodeSchema, contactChannelSchema, isInboundChannel } from '../../../shared/case/outcome-codes.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import { isOpenToAdvice, suggestNextAction } from '../../../shared/case/suggest-next-action.ts';
import type { AppError } from '../../../shared/result.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { BlockedContact, isContactBlocked } from './blocked-contact.tsx';
import type { CallStore } from './call-store.ts';
import { useCall } from './call-store.ts';
import { ChannelField, ContactFields } from './contact-fields.tsx';
import { codeOfReasons } from './contact-reasons.ts';
import { useDraftStatus } from './draft-saver.ts';
import { errorOf, focusField, isGeneral } from './form-errors.ts';
import { IdentityField } from './identity-field.tsx';
import { OutcomeCodes } from './outcome-codes.tsx';
import { defaultsOf, draftOfForm, fieldsOf, isConversation, needsIdentity } from './outcome-form.ts';
import type { FormField, FormState } from './outcome-form.ts';
import { OutcomeFields } from './outcome-fields.tsx';
import { ReasonChips } from './reason-chips.tsx';

interface Props {
  screen: CaseScreen;
  lost: AppError | null;
  /** Of the call that runs; null: none. */
  gate: CallScreen['gate'] | null;
  /** Whoever is on the line may not hear of the case. */
  hidden: boolean;
  /** The script of the call was followed to its end. */
  isWalked: boolean;
  onSave: () => void;
  /** An outcome of the call that runs was saved: with an empty form it is closed as it is. */
  isTold: boolean;
  onSaveAllTheSame: () => void;
  onSaveAndNext: () => void;
  /** The call goes on with another outcome. */
  onSaveAndGoOn: () => void;
}

export const OutcomePanel = memo(function OutcomePanel({ screen, lost, gate, hidden, isWalked, isTold, onSave, onSaveAllTheSame, onSaveAndNext, onSaveAndGoOn }: Props): ReactNode {
  const { t, format } = useWords();
  const { form, error, suggested, saving, change, chooseCode } = useCall(useShallow(whatItShows));
  const draft = useDraftStatus((store) => store.status);
  // Before the gate the form asks for nothing that names an invoice or an amount.
  const gated = hidden && needsIdentity(form);
  const asksIdentity = !gated && gate?.state !== 'confirmed' && needsIdentity(form);
  const fields = hidden ? fieldsOf(form.code).filter((field) => field !== 'cause') : fieldsOf(form.code);
  const shown: readonly FormField[] = ['code', 'numberId', 'reasons', ...(asksIdentity ? ['identityMethod' as const] : []), ...(gated ? [] : fields)];
  const meant = suggested ?? codeOfReasons(form.reasons);
  const advice = hidden ? publicAdvice(form, suggested) : adviceFor(screen, form, meant);
  const choose = (code: OutcomeCode, byKey: boolean): void => {
    chooseCode(code, defaultsOf(code, screen));
    if (!byKey) focusField(!hidden && gate?.state !== 'confirmed' && needsIdentity(useCall.getState().form) ? 'identityMethod' : (fieldsOf(code)[0] ?? 'note'));
  };
  const applyAdvice = (): void => {
    if (advice !== null) choose(advice.code, false);
  };
  useShortcuts({ 'Ctrl+Enter': applyAdvice });
  // The script was followed to its end: what it came to is in the form, to be saved or changed.
  const told = isWalked ? suggested : null;
  const takeTold = useEffectEvent((code: OutcomeCode) => {
    if (form.code === null) choose(code, false);
  });
  useEffect(() => {
    if (told !== null) takeTold(told);
  }, [told]);
  const channel = contactChannelSchema.safeParse(form.channel).data;
  const asksWhy = channel !== undefined && isInboundChannel(channel) && (form.code === null || isConversation(form.code));
  const reasonsError = errorOf(error, 'reasons');
  const codeError = errorOf(error, 'code');
  const closes = isTold && draftOfForm(form, '') === null;
  return (
    <section className="panel panel-outcome" aria-label={t('outcomeForm.title')}>
      <div className="outcome-body" onKeyDown={goOnByEnter}>
        <div className="block-head">
          <h2>{t('outcomeForm.title')}</h2>
          <span className={draft === 'failed' ? 'draft-status field-error' : 'draft-status dim'} role="status">{draft === 'none' ? '' : t(`draft.${draft}`)}</span>
        </div>
        {asksWhy ? (
          <ReasonChips
            reasons={form.reasons} isCall={form.channel === 'phone-inbound'} error={reasonsError === null ? null : errorSentence(reasonsError, t, format)}
            onChange={(reasons) => { change({ reasons }); }}
          />
        ) : null}
        <OutcomeCodes error={codeError === null ? null : errorSentence(codeError, t, format)} hidden={hidden} onChoose={choose} />
        <ContactFields screen={screen} form={form} error={error} hidden={hidden} fixed={gate !== null} />
        {asksIdentity ? <IdentityField methods={screen.identityMethods} error={error} /> : null}
        {gated ? <p className="note" role="status">{t('gate.first')}</p> : <OutcomeFields screen={hidden ? withoutAmounts(screen) : screen} fields={fields} form={form} error={error} onChange={change} />}
        {gate === null && !hidden ? <ChannelField form={form} /> : null}
      </div>
      <div className="outcome-foot">
        <div role="status" className="advice-place">
          {advice === null ? null : (
            <p className="advice">
              <b>{t('outcomeForm.advice')}: {t(`outcome.${advice.code}`)}.</b>{advice.reason === null ? '' : ` ${t(`advice.${advice.reason}`)}`}{' '}
              <Button className="quiet" onClick={applyAdvice}>{t('outcomeForm.apply')} <KeyHint keys="Ctrl ↵" /></Button>
            </p>
          )}
        </div>
        {lost === null ? null : <p className="field-error" role="alert">{errorSentence(lost, t, format)}</p>}
        {error === null ? null : isContactBlocked(error) ? <BlockedContact error={error} saving={saving} onSaveAllTheSame={onSaveAllTheSame} />
        : isGeneral(error, shown) ? <p className="field-error" role="alert">{errorSentence(error, t, format)}</p> : null}
        {screen.blocked === null || hidden || gate !== null ? null : (
          <p className="dim next-call">
            {screen.blocked.until === null ? t('case.noNextCall') : <>{t('case.nextCall')} <b>{format.moment(screen.blocked.until)}</b></>}
          </p>
        )}
        {gate?.state !== 'confirmed' ? null : (
          <Button className="quiet" onClick={onSaveAndGoOn} disabled={saving}>{t('outcomeForm.saveAndGoOn')} <ShortcutHint id="saveGoOn" /></Button>
        )}
        <div className="outcome-actions">
          <Button onClick={onSave} disabled={saving}>{t(closes ? 'outcomeForm.close' : 'outcomeForm.save')} <ShortcutHint id="save" /></Button>
          <Button className="primary" onClick={onSaveAndNext} disabled={saving}>{t(closes ? 'outcomeForm.closeAndNext' : 'outcomeForm.saveAndNext')} <ShortcutHint id="saveNext" /></Button>
        </div>
      </div>
    </section>
  );
});

function whatItShows({ form, error, suggested, saving, change, chooseCode }: CallStore): Pick<CallStore, 'form' | 'error' | 'suggested' | 'saving' | 'change' | 'chooseCode'> {
  return { form, error, suggested, saving, change, chooseCode };
}

/** What the script's answer meant comes first, then what the cause would advise; nothing where it stands already. */
function adviceFor(screen: CaseScreen, form: FormState, suggested: OutcomeCode | null): { code: OutcomeCode; reason: string | null } | null {
  if (!isOpenToAdvice(form.code)) return suggested === null || suggested === form.code ? null : { code: suggested, reason: null };
  // An agreement that was made in the script is not advised against.
  const heard = suggested === null || isOpenToAdvice(suggested) ? suggestNextAction({ ...screen, cause: causeCodeSchema.safeParse(form.cause).data ?? null }) : null;
  const advice = heard ?? (suggested === null ? null : { code: suggested, reason: null });
  return advice === null || advice.code === form.code ? null : advice;
}

/** What the script's answer meant; what the case would advise is not for any ear. */
function publicAdvice(form: FormState, suggested: OutcomeCode | null): { code: OutcomeCode; reason: string | null } | null {
  return suggested === null || suggested === form.code ? null : { code: suggested, reason: null };
}

/** The case as the form may know it before the gate: nothing in it can be read over a shoulder. */
function withoutAmounts(screen: CaseScreen): CaseScreen {
  return { ...screen, invoices: [], openCents: 0, overdueCents: 0, notYetDueCents: 0, disputedCents: 0, claimableCents: 0 };
}

/** Enter in a line of text goes on to the next field: what stands in it, or its placeholder, is taken. */
function goOnByEnter(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented || !(target instanceof HTMLInputElement) || target.id === 'outcome-code') return;
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-field] :is(input, select, textarea:not([aria-hidden]))')];
  event.preventDefault();
  controls[controls.indexOf(target) + 1]?.focus();
}
