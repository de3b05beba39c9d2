/** Who is who, and where each may be reached: numbers in the order in which to ring them, what is rarely needed folded. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { ToldMark } from '../../ui/told-mark.tsx';
import { useCall } from './call-store.ts';
import { InlineForms } from './inline-forms.tsx';
import type { BasedOn } from './inline-forms.tsx';
import { languageName, partyLabel } from './people-words.ts';

type Numbered = CaseScreen['numbers'][number];
type Address = CaseScreen['addresses'][number];

export function PeopleBlock({ screen, basedOn }: { screen: CaseScreen; basedOn: BasedOn }): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const { customer, parties, numbers, addresses } = screen;
  const folded = [
    ...(customer.taxCode === null ? [] : [{ label: t('fact.taxCode'), text: customer.taxCode }]),
    ...(customer.address === null ? [] : [{ label: t('fact.address'), text: customer.address }]),
    ...(customer.salesAgent === null ? [] : [{ label: t('fact.salesAgent'), text: customer.salesAgent }]),
  ];
  return (
    <div className="block people">
      <h2 className="visually-hidden">{t('case.customer')}</h2>
      <div className="who-line">
        <span>{t(`kind.${customer.kind}`)} · {customer.code}{customer.language === null ? '' : ` · ${languageName(customer.language, format.locale)}`}</span>
        <Button className="quiet" onClick={() => { setInline({ kind: 'preferences', partyId: null }); }}>{t('people.wishes')} <ShortcutHint id="wishes" /></Button>
      </div>
      <InlineForms screen={screen} basedOn={basedOn} place="people" />
      <Wishes screen={screen} partyId={null} />
      {parties.length === 0 ? null : (
        <ul className="parties" aria-label={t('people.parties')}>
          {parties.map((party) => (
            <li key={party.partyId}>
              <b className="party-name">{party.name}</b>
              <ChangeButton name={party.name} onClick={() => { setInline({ kind: 'party', partyId: party.partyId }); }} />
              <span className="party-role">
                <span className="dim">{t(`partyRole.${party.role}`)}{party.language === null ? '' : ` · ${languageName(party.language, format.locale)}`}</span> <ToldMark mayBeTold={party.mayBeTold} />
              </span>
              {party.note === null ? null : <span className="dim party-note">{party.note}</span>}
              <Wishes screen={screen} partyId={party.partyId} />
            </li>
          ))}
        </ul>
      )}
      {numbers.length === 0 ? <p className="dim">{t('people.noNumber')}</p> : (
        <ol className="numbers" aria-label={t('people.numbers')}>
          {numbers.map((number, index) => <NumberRow key={number.numberId} screen={screen} number={number} place={number.usable ? index + 1 : null} />)}
        </ol>
      )}
      {customer.email === null ? null : <p className="address"><span className="dim address-kind">{t('pointKind.email')}</span> <span>{customer.email}</span></p>}
      {addresses.map((address) => <AddressRow key={address.pointId} screen={screen} address={address} />)}
      <div className="people-foot">
        <Button className="quiet" onClick={() => { setInline({ kind: 'point', pointId: null }); }}>{t('people.addPoint')} <ShortcutHint id="addContact" /></Button>
        <Button className="quiet" onClick={() => { setInline({ kind: 'party', partyId: null }); }}>{t('people.addParty')} <ShortcutHint id="addPerson" /></Button>
      </div>
      {folded.length === 0 ? null : (
        <details className="fold">
          <summary>{t('people.more')}</summary>
          <dl className="facts">
            {folded.map(({ label, text }) => <div key={label}><dt>{label}</dt><dd>{text}</dd></div>)}
          </dl>
        </details>
      )}
    </div>
  );
}

function NumberRow({ screen, number, place }: { screen: CaseScreen; number: Numbered; place: number | null }): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const { retired, last, attempts, partyId } = number;
  const marks = [
    t(`numberKind.${number.kind}`),
    ...(number.workplace ? [t('people.workplaceMark')] : []),
    ...(number.source === 'file' ? [] : [t(`contactSource.${number.source}`)]),
    ...(partyId === null ? [] : [screen.parties.find((party) => party.partyId === partyId)?.name ?? '']),
  ].filter((mark) => mark !== '');
  const state =
    retired !== null ? t('people.retired', { why: t(`outcome.${retired.code}`), at: format.past(retired.at) })
    : !number.usable ? t('fact.numberUnusable')
    : last === null ? t('people.neverTried')
    : t('people.lastResult', { what: t(`outcome.${last.code}`), at: format.past(last.at), count: attempts });
  return (
    <li className={number.usable ? 'number-row' : 'number-row number-out'}>
      <span className="number-place" aria-hidden="true">{place ?? '–'}</span>
      <span className="number-what">
        <b className="number-raw">{number.raw}</b> <span className="dim">{[...marks, state].join(' · ')}</span>
      </span>
      <ChangeButton name={number.raw} onClick={() => { setInline({ kind: 'point', pointId: number.numberId }); }} />
    </li>
  );
}

function AddressRow({ screen, address }: { screen: CaseScreen; address: Address }): ReactNode {
  const { t } = useWords();
  const setInline = useCall((store) => store.setInline);
  const marks = [
    ...(address.source === 'file' ? [] : [t(`contactSource.${address.source}`)]),
    ...(address.partyId === null ? [] : [partyLabel(screen, address.partyId, t)]),
    ...(address.usable ? [] : [t('fact.numberUnusable')]),
  ];
  return (
    <div className={address.usable ? 'address' : 'address number-out'}>
      <span><span className="dim">{t(`pointKind.${address.kind}`)}</span> <span className="number-raw">{address.raw}</span> <span className="dim">{marks.join(' · ')}</span></span>
      <ChangeButton name={address.raw} onClick={() => { setInline({ kind: 'point', pointId: address.pointId }); }} />
    </div>
  );
}

/** What somebody asked for about being contacted; nothing where nothing was asked. */
function Wishes({ screen, partyId }: { screen: CaseScreen; partyId: string | null }): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const wishes = screen.preferences.find((entry) => entry.partyId === partyId);
  if (wishes === undefined) return null;
  const parts = [
    ...(wishes.hours === null ? [] : [t('people.between', wishes.hours)]),
    ...(wishes.channel === null ? [] : [t(`preferredChannel.${wishes.channel}`)]),
    ...(wishes.language === null ? [] : [languageName(wishes.language, format.locale)]),
    ...(wishes.note === null ? [] : [wishes.note]),
  ];
  if (parts.length === 0 && !wishes.doNotCall) return null;
  return (
    <p className="wishes">
      {wishes.doNotCall ? <b className="wish-stop">{t('people.doNotCallMark')}</b> : null}
      {parts.length === 0 ? null : <span>{t('people.prefers', { what: parts.join(' · ') })}</span>}
      {partyId === null ? null : <ChangeButton name={t('people.preferences')} onClick={() => { setInline({ kind: 'preferences', partyId: wishes.partyId }); }} />}
    </p>
  );
}

function ChangeButton({ name, onClick }: { name: string; onClick: () => void }): ReactNode {
  const { t } = useWords();
  return <Button className="quiet change" aria-label={t('people.changeWhat', { name })} onClick={onClick}>{t('people.change')}</Button>;
}
