/**
 * The case at work: customer and invoices, what to say, and what came of it.
 *
 * Invariant: from the start of a call until its gate is confirmed, and while anybody else is on the line (`who-hears.ts`), what only the right party
 * may hear is not on the page at all, unless it is peeked into; until the desk has said whether a call runs, and main who is on the line, nothing of the case is shown.
 */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import './call.css';
import { useQuery } from '../../bridge/use-query.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { partyIdSchema } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { dropKeys, holdKeys, releaseKeys } from '../../app/hold-keys.ts';
import { useStable } from '../../app/use-stable.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { AgentStrip } from '../agent/agent-strip.tsx';
import { useAgentInCase } from '../agent/use-agent-in-case.ts';
import { useLine } from '../telephone/line-store.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { CallBar } from './call-bar.tsx';
import { useCall } from './call-store.ts';
import { CaseGlance } from './case-glance.tsx';
import { CaseHeader } from './case-header.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { saveDraftNow } from './draft-saver.ts';
import { endBeforeSaving } from './end-before-saving.ts';
import type { GateAnswer } from './gate-answers.ts';
import { GatePanel } from './gate-panel.tsx';
import { isInFront } from './is-in-front.ts';
import { leaveForCase } from './leave-for-case.ts';
import { lastRung } from './outcome-form.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { actOnCall, useCallOf, useFollowCall, useRunningCall } from './running-call.ts';
import { ScriptPane } from './script-pane.tsx';
import { saveTypedNow } from './typed-saver.ts';
import { useHearing } from './use-hearing.ts';
import { useHoldScreen } from './use-hold-screen.ts';
import { usePrefillOutcome } from './use-prefill-outcome.ts';
import { useSaveOutcome } from './use-save-outcome.ts';
import type { StartHow } from './use-start-call.ts';
import { useStartCall } from './use-start-call.ts';

interface Props {
  caseId: CaseId;
  onBack: () => void;
  onNext: (from: CaseId) => Promise<void>;
}

export function CallScreen({ caseId, onBack, onNext }: Props): ReactNode {
  const { locale } = useWords();
  useFollowCall(locale);
  const screen = useQuery('show-case', { caseId });
  const isCallKnown = useRunningCall((store) => store.isKnown);
  const isKnown = useLine((store) => store.screen !== null) && isCallKnown;
  const started = useCall((store) => store.caseId === caseId);
  const start = useCall((store) => store.start);
  useEffect(() => {
    if (screen.data !== null && !started) start(screen.data);
  }, [screen.data, started, start]);
  useEffect(() => () => {
    void saveDraftNow();
    useCall.setState({ caseId: null });
  }, []);
  // What is pressed while the case is being read is for the case.
  useEffect(holdKeys, []);
  const failed = screen.data === null && screen.error !== null;
  useEffect(() => {
    if (failed) releaseKeys();
  }, [failed]);
  useEffect(() => {
    const keep = (): void => {
      saveTypedNow();
      void saveDraftNow();
    };
    window.addEventListener('pagehide', keep);
    return () => { window.removeEventListener('pagehide', keep); };
  }, []);
  if (screen.data === null) {
    return <main className="fill">{screen.error === null ? <Loading /> : <Failed error={screen.error} onRetry={screen.askAgain} />}</main>;
  }
  return started && isKnown ? <Workspace screen={screen.data} lost={screen.error} onBack={onBack} onNext={onNext} /> : <main className="fill"><Loading /></main>;
}

interface WorkspaceProps {
  screen: CaseScreen;
  /** Why the case can no longer be read, while its last state still stands on the screen. */
  lost: AppError | null;
  onBack: () => void;
  onNext: (from: CaseId) => Promise<void>;
}

function Workspace({ screen, lost, onBack, onNext }: WorkspaceProps): ReactNode {
  const { t, locale } = useWords();
  const { caseId } = screen;
  const call = useCallOf(caseId);
  const elsewhere = useRunningCall((store) => (store.call === null || store.call.caseId === caseId ? null : store.call.caseId));
  const { hidden, isStranger, peeking, peek } = useHearing(caseId);
  useHoldScreen(caseId, lost === null);
  const scriptVersion = call?.walk == null ? null : `${call.walk.packId}@${call.walk.packVersion}`;
  const basedOn = { caseRevision: screen.revision, scriptVersion };
  const { save } = useSaveOutcome(screen, scriptVersion);
  const setInline = useCall((store) => store.setInline);
  const followNumbers = useCall((store) => store.followNumbers);
  const change = useCall((store) => store.change);
  useEffect(() => {
    followNumbers(screen.numbers);
  }, [screen.numbers, followNumbers]);
  const called = call === null ? null : `${call.callId} ${call.gate.state}`;
  useEffect(() => {
    // What one person on the line said is not shown to the next.
    useCall.setState({ typed: {} });
    const running = useRunningCall.getState().call;
    if (called === null || running === null) return;
    const { form } = useCall.getState();
    const numberId = running.pointId ?? form.numberId;
    const partyId = (running.gate.state === 'confirmed' ? running.gate.partyId : running.partyId) ?? '';
    const channel = running.direction === 'inbound' ? 'phone-inbound' : 'phone-outbound';
    if (numberId !== form.numberId || partyId !== form.partyId || channel !== form.channel) change({ numberId, partyId, channel });
  }, [called, change]);

  usePrefillOutcome(screen, call);
  const startCall = useStartCall(caseId, basedOn);
  const begin = (how: StartHow): void => { void startCall(how); };
  const cancel = (): void => {
    if (call !== null) void actOnCall('cancel-call', { callId: call.callId, locale });
  };
  const check = ({ result, method }: GateAnswer): void => {
    if (call === null) return;
    const partyId = result === 'confirmed' ? (partyIdSchema.safeParse(useCall.getState().form.partyId).data ?? null) : null;
    void actOnCall('check-identity', { callId: call.callId, locale, result, method, partyId });
  };
  const leaving = useRef(false);
  /** Until it is known how the save ended, keys wait: refused, the form stays in front and they are forgotten. Those of a case that was opened meanwhile are its own. */
  const saveAnd = async (goOn: () => Promise<void> | void): Promise<void> => {
    // A key pressed twice must not save an empty form while the next case is on its way.
    if (leaving.current) return;
    leaving.current = true;
    try {
      holdKeys();
      if (await endBeforeSaving(caseId, call?.callId ?? null) && await save()) await goOn();
      else if (isInFront(caseId)) dropKeys();
    } finally {
      leaving.current = false;
    }
  };
  const saveAndNext = (): Promise<void> => saveAnd(() => onNext(caseId));
  const saveAndStay = (): Promise<void> => saveAnd(() => { setTimeout(releaseKeys); });
  /** The line fell: that it did is the outcome, and the same conversation goes on with the next call. */
  const resume = (): void => {
    const { form, chooseCode } = useCall.getState();
    if (form.code !== null && form.code !== 'DRP') return;
    if (form.code === null) chooseCode('DRP', {});
    void saveAnd(async () => {
      setTimeout(releaseKeys);
      await startCall('outbound');
    });
  };
  const mayResume = call?.telephone?.ended?.resumeUntilMs != null;
  useAgentInCase({ screen, call, dial: () => startCall('outbound'), save: saveAndStay });
  const redial = (): void => {
    const numberId = lastRung(screen.numbers);
    if (numberId === null || call !== null) return;
    useCall.getState().chooseNumber(numberId, screen.numbers);
    begin('outbound');
  };
  const onResume = useStable(resume);
  const onPeek = useStable(peek);
  const onStart = useStable(begin);
  const goToOther = useStable((other: CaseId) => { void leaveForCase(other); });
  const onCancel = useStable(cancel);
  const onSave = useStable(() => { void saveAndStay(); });
  const onSaveAllTheSame = useStable(() => { void endBeforeSaving(caseId, call?.callId ?? null).then((over) => over && save({ allTheSame: true })); });
  const saveAndGoOn = (): void => {
    if (call === null || leaving.current) return;
    void save({ goesOn: true }).then((isSaved) => { if (isSaved) document.getElementById('outcome-code')?.focus(); });
  };
  const onSaveAndGoOn = useStable(saveAndGoOn);
  const onSaveAndNext = useStable(() => { void saveAndNext(); });
  const note = (): void => {
    if (hidden) document.querySelector<HTMLElement>('[data-field="note"] textarea')?.focus();
    else setInline({ kind: 'note' });
  };
  useShortcuts({
    startCall: () => {
      if (mayResume) resume();
      else begin('outbound');
    },
    startByHand: () => { begin('by-hand'); },
    redial,
    startInbound: () => { begin('inbound'); },
    cancelCall: cancel,
    ...(hidden ? { peek } : {}),
    saveNext: () => { void saveAndNext(); },
    save: () => { void saveAndStay(); },
    saveGoOn: saveAndGoOn,
    note,
    ...(hidden ? {} : { attach: () => { setInline({ kind: 'attach' }); }, sendMail: () => { setInline({ kind: 'mail', what: { kind: 'any' } }); } }),
    addPerson: () => { setInline({ kind: 'party', partyId: null }); },
    addContact: () => { setInline({ kind: 'point', pointId: null }); },
    wishes: () => { setInline({ kind: 'preferences', partyId: null }); },
    history: () => { document.getElementById('timeline-filter')?.focus(); },
    outcomeCode: () => { document.getElementById('outcome-code')?.focus(); },
    Escape: () => {
      // A form whose place is not on the page any more (its row is gone) closes nothing that one could see.
      if (useCall.getState().inline === null || document.querySelector('.inline-form') === null) onBack();
      else setInline(null);
    },
  });
  // Below the shortcuts, so that they are there to take them.
  useEffect(releaseKeys, []);
  return (
    <main className="case" aria-label={t('case.title', { name: screen.customer.name })}>
      <div>
        <div className="call-row">
          <CallBar
            screen={screen} startedAtMs={call?.startedAtMs ?? null} callId={call?.callId ?? null} telephone={call?.telephone ?? null} recording={call?.recording ?? null} mayPeek={hidden && !isStranger} peeking={peeking} elsewhere={elsewhere}
            onPeek={onPeek} onStart={onStart} onCancel={onCancel} onResume={onResume} onGoTo={goToOther}
          />
          <AgentStrip caseId={caseId} call={call} />
        </div>
        <CaseHeader screen={screen} hidden={hidden} inCall={call !== null} />
        {hidden ? null : <CaseGlance screen={screen} />}
      </div>
      <div className="case-panels">
        {hidden ? (
          <GatePanel screen={screen} call={isStranger ? null : call} isSecond={call !== null || elsewhere !== null} basedOn={basedOn} onCheck={check} peeking={peeking} onPeek={peek} />
        ) : <CustomerPanel screen={screen} scriptVersion={scriptVersion} call={call} />}
        <ScriptPane caseId={caseId} call={call} isStranger={isStranger} onCheck={check} />
        <OutcomePanel
          screen={screen} lost={lost} gate={call?.gate ?? null} hidden={hidden} isWalked={call?.walk?.step === null} isTold={call?.isTold === true}
          onSave={onSave} onSaveAllTheSame={onSaveAllTheSame} onSaveAndNext={onSaveAndNext} onSaveAndGoOn={onSaveAndGoOn}
        />
      </div>
    </main>
  );
}
