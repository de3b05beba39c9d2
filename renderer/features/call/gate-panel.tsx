/**
 * Left, while nobody has confirmed who is on the line, or it is somebody who belongs to no case yet: only what identity is checked against. Nothing here says who the creditor is, what is
 * asked for, or why; that waits in the panel one may peek into.
 */
import Button from '@mui/material/Button';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { useCall } from './call-store.ts';
import type { GateAnswer } from './gate-answers.ts';
import { InlineForms } from './inline-forms.tsx';
import type { BasedOn } from './inline-forms.tsx';
import { PeekButton, PeekPanel } from './peek-panel.tsx';
import { languageName } from './people-words.ts';
import { useRunningCall } from './running-call.ts';

interface Props {
  screen: CaseScreen;
  /** Null: whoever is on the line belongs to no case yet, or to another one. */
  call: CallScreen | null;
  /** This case has a call of its own, or another one has: the one on the line cannot be attached now. */
  isSecond: boolean;
  basedOn: BasedOn;
  onCheck: (answer: GateAnswer) => void;
  /** The private panel is peeked into; it scrolls with this one. */
  peeking: boolean;
  onPeek: () => void;
}

export function GatePanel({ screen, call, basedOn, onCheck, isSecond, peeking, onPeek }: Props): ReactNode {
  const panel = useRef<HTMLElement>(null);
  const { t, format } = useWords();
  const { customer, numbers } = screen;
  const gate = call?.gate ?? null;
  const number = numbers.find(({ numberId }) => numberId === call?.pointId) ?? null;
  const facts = [
    { label: t('gate.kind'), text: `${t(`kind.${customer.kind}`)}${customer.language === null ? '' : ` · ${languageName(customer.language, format.locale)}`}` },
    ...(number === null ? [] : [{ label: t('gate.number'), text: number.raw }]),
    { label: t('gate.code'), text: customer.code },
    ...(gate?.birthDate == null ? [] : [{ label: t('fact.birthDate'), text: format.shortDate(gate.birthDate) }]),
    ...(customer.taxCode === null ? [] : [{ label: t('fact.taxCode'), text: customer.taxCode }]),
    ...(customer.address === null ? [] : [{ label: t('fact.address'), text: customer.address }]),
  ];
  return (
    <section ref={panel} className="panel panel-customer" aria-label={t('gate.panel')} tabIndex={0}>
      <div className="block">
        <div className="block-head"><h2>{t('gate.title')}</h2>{call === null ? <span className="tag tag-gate" data-testid="gate-state" role="status">{t('gate.other.tag')}</span> : <GateTag call={call} screen={screen} />}</div>
        <dl className="facts">{facts.map(({ label, text }) => <div key={label}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>
        {gate?.printedNumber == null ? null : <p className="note">{t('gate.printedNumber', { number: gate.printedNumber })}</p>}
      </div>
      {call === null ? <div className="block"><p className="note note-warning">{t(isSecond ? 'gate.other.second' : 'gate.other.text')}</p><PeekButton peeking={peeking} onPeek={onPeek} /></div>
      : call.gate.state === 'unconfirmed' ? <GateButtons screen={screen} call={call} onCheck={onCheck} /> : <p className="note note-warning" role="status">{t(`gate.ending.${call.gate.state}`)}</p>}
      <InlineForms screen={screen} basedOn={basedOn} place="people" />
      {peeking ? <PeekPanel screen={screen} basedOn={basedOn} scroller={panel} /> : null}
    </section>
  );
}

/** Who is on the line, and how each of them is told to the gate. Where the script asks the same, its answers say it by digit and stand here no more. */
function GateButtons({ screen, call, onCheck }: Pick<Props, 'screen' | 'onCheck'> & { call: CallScreen }): ReactNode {
  const { t, format } = useWords();
  const { busy, error } = useRunningCall();
  const partyId = useCall((store) => store.form.partyId);
  const change = useCall((store) => store.change);
  const parties = screen.parties.filter(({ mayBeTold }) => mayBeTold);
  const step = call.walk?.step ?? null;
  const asked = step?.kind === 'identity' ? step.answers.map(({ identity }) => identity) : [];
  const others = (['third-party', 'minor', 'refused'] as const).filter((result) => !asked.includes(result));
  return (
    <div className="block gate-buttons" role="group" aria-label={t('gate.question')}>
      {parties.length === 0 ? null : (
        <Choice
          label={t('gate.who')} value={partyId} options={[{ value: '', label: screen.customer.name }, ...parties.map(({ partyId: value, name }) => ({ value, label: name }))]}
          onChange={(chosen) => { change({ partyId: chosen }); }}
        />
      )}
      {asked.includes('confirmed') ? null : (
        <>
          <p className="dim">{t('gate.question')}</p>
          <div className="gate-methods">
            {call.gate.methods.map((method: IdentityMethod) => (
              <Button key={method} disabled={busy} onClick={() => { onCheck({ result: 'confirmed', method }); }}>{t(`identityMethod.${method}`)}</Button>
            ))}
          </div>
        </>
      )}
      <div className="gate-others">
        {others.map((result) => (
          <Button key={result} className="quiet" disabled={busy} onClick={() => { onCheck({ result, method: null }); }}>{t(`gate.answer.${result}`)}</Button>
        ))}
      </div>
      {error?.action === 'check-identity' ? <p className="field-error" role="alert">{errorSentence(error.error, t, format)}</p> : null}
    </div>
  );
}

/** The state of the gate in words, never by colour alone. */
export function GateTag({ call, screen }: { call: CallScreen; screen: Pick<CaseScreen, 'parties' | 'customer'> }): ReactNode {
  const { t } = useWords();
  const { state, method, partyId } = call.gate;
  if (state !== 'confirmed') return <span className="tag tag-gate" data-testid="gate-state" role="status">{t(`gate.state.${state}`)}</span>;
  const who = screen.parties.find((party) => party.partyId === partyId)?.name ?? screen.customer.name;
  return (
    <span className="tag tag-courtesy" data-testid="gate-state" role="status" title={method === null ? who : `${who} · ${t(`identityMethod.${method}`)}`}>
      <span aria-hidden="true">✓</span> {t('gate.state.confirmed')}
    </span>
  );
}

/** After the gate: who it is and how we know. */
export function ConfirmedBlock({ call, screen }: { call: CallScreen; screen: CaseScreen }): ReactNode {
  const { t } = useWords();
  const { method, partyId } = call.gate;
  const who = screen.parties.find((party) => party.partyId === partyId)?.name ?? screen.customer.name;
  return (
    <div className="block">
      <div className="block-head"><h2>{t('gate.title')}</h2><GateTag call={call} screen={screen} /></div>
      <dl className="facts">
        <div><dt>{t('gate.who')}</dt><dd><b>{who}</b></dd></div>
        {method === null ? null : <div><dt>{t('gate.how')}</dt><dd>{t(`identityMethod.${method}`)}</dd></div>}
      </dl>
    </div>
  );
}
