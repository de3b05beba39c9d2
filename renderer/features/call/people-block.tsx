/**
 * Who is who, and where each may be reached: numbers in the order in which to ring them, what is rarely needed folded.
 * Who may only read it (a lead) sees the same without the ways to change it.
 */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { doNotCallOf } from '../../../shared/facts/contact-bodies.ts';
import { useWords } from '../../app/i18n.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { ToldMark } from '../../ui/told-mark.tsx';
import type { Inline } from './call-store.ts';
import { languageName, partyLabel } from './people-words.ts';

type Numbered = CaseScreen['numbers'][number];
type Address = CaseScreen['addresses'][number];

/** Opens the form of what is to change; null where people are only read. */
type Edit = ((inline: Inline) => void) | null;

/** @param children the form that is open */
export function PeopleBlock({ screen, edit, children }: { screen: CaseScreen; edit: Edit; children?: ReactNode }): ReactNode {
  const { t, format } = useWords();
  const { customer, parties, numbers, addresses } = screen;
  const folded = [
    ...(customer.taxCode === null ? [] : [{ label: t('fact.taxCode'), text: customer.taxCode }]),
    ...(customer.address === null ? [] : [{ label: t('fact.address'), text: customer.address }]),
    ...(customer.ibanTail === null ? [] : [{ label: t('fact.iban'), text: `… ${customer.ibanTail}` }]),
    ...(customer.salesAgent === null ? [] : [{ label: t('fact.salesAgent'), text: customer.salesAgent }]),
  ];
  return (
    <div className="block people">
      <h2 className="visually-hidden">{t('case.customer')}</h2>
      <div className="who-line">
        <span>{t(`kind.${customer.kind}`)} · {customer.code}{customer.language === null ? '' : ` · ${languageName(customer.language, format.locale)}`}</span>
        {edit === null ? null : <Button className="quiet" onClick={() => { edit({ kind: 'preferences', partyId: null }); }}>{t('people.wishes')} <ShortcutHint id="wishes" /></Button>}
      </div>
      {children}
      <Wishes screen={screen} partyId={null} edit={edit} />
      {parties.length === 0 ? null : (
        <ul className="parties" aria-label={t('people.parties')}>
          {parties.map((party) => (
            <li key={party.partyId}>
              <b className="party-name">{party.name}</b>
              <ChangeButton name={party.name} edit={edit} target={{ kind: 'party', partyId: party.partyId }} />
              <span className="party-role">
                <span className="dim">{t(`partyRole.${party.role}`)}{party.language === null ? '' : ` · ${languageName(party.language, format.locale)}`}</span> <ToldMark mayBeTold={party.mayBeTold} />
              </span>
              {party.note === null ? null : <span className="dim party-note">{party.note}</span>}
              <Wishes screen={screen} partyId={party.partyId} edit={edit} />
            </li>
          ))}
        </ul>
      )}
      {numbers.length === 0 ? <p className="dim">{t('people.noNumber')}</p> : (
        <ol className="numbers" aria-label={t('people.numbers')}>
          {numbers.map((number, index) => <NumberRow key={number.numberId} screen={screen} number={number} place={number.usable ? index + 1 : null} edit={edit} />)}
        </ol>
      )}
      {customer.email === null ? null : <p className="address"><span className="dim address-kind">{t('pointKind.email')}</span> <span><Breakable text={customer.email} /></span></p>}
      {addresses.map((address) => <AddressRow key={address.pointId} screen={screen} address={address} edit={edit} />)}
      {edit === null ? null : (
        <div className="people-foot">
          <Button className="quiet" onClick={() => { edit({ kind: 'point', pointId: null }); }}>{t('people.addPoint')} <ShortcutHint id="addContact" /></Button>
          <Button className="quiet" onClick={() => { edit({ kind: 'party', partyId: null }); }}>{t('people.addParty')} <ShortcutHint id="addPerson" /></Button>
        </div>
      )}
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

function NumberRow({ screen, number, place, edit }: { screen: CaseScreen; number: Numbered; place: number | null; edit: Edit }): ReactNode {
  const { t, format } = useWords();
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
      <ChangeButton name={number.raw} edit={edit} target={{ kind: 'point', pointId: number.numberId }} />
    </li>
  );
}

function AddressRow({ screen, address, edit }: { screen: CaseScreen; address: Address; edit: Edit }): ReactNode {
  const { t } = useWords();
  const marks = [
    ...(address.source === 'file' ? [] : [t(`contactSource.${address.source}`)]),
    ...(address.partyId === null ? [] : [partyLabel(screen, address.partyId, t)]),
    ...(address.usable ? [] : [t('fact.numberUnusable')]),
  ];
  return (
    <div className={address.usable ? 'address' : 'address number-out'}>
      <span><span className="dim">{t(`pointKind.${address.kind}`)}</span> <span className="number-raw"><Breakable text={address.raw} /></span> <span className="dim">{marks.join(' · ')}</span></span>
      <ChangeButton name={address.raw} edit={edit} target={{ kind: 'point', pointId: address.pointId }} />
    </div>
  );
}

/** What somebody asked for about being contacted; nothing where nothing was asked. */
function Wishes({ screen, partyId, edit }: { screen: CaseScreen; partyId: string | null; edit: Edit }): ReactNode {
  const { t, format } = useWords();
  const wishes = screen.preferences.find((entry) => entry.partyId === partyId);
  if (wishes === undefined) return null;
  const parts = [
    ...(wishes.hours === null ? [] : [t('people.between', wishes.hours)]),
    ...(wishes.channel === null ? [] : [t(`preferredChannel.${wishes.channel}`)]),
    ...(wishes.language === null ? [] : [languageName(wishes.language, format.locale)]),
    ...(wishes.note === null ? [] : [wishes.note]),
  ];
  const refused = doNotCallOf(wishes);
  if (parts.length === 0 && refused === null) return null;
  return (
    <p className="wishes">
      {refused === null ? null : <b className="wish-stop">{t(`people.doNotCallMark.${refused}`)}</b>}
      {parts.length === 0 ? null : <span>{t('people.prefers', { what: parts.join(' · ') })}</span>}
      {partyId === null ? null : <ChangeButton name={t('people.preferences')} edit={edit} target={{ kind: 'preferences', partyId: wishes.partyId }} />}
    </p>
  );
}

function ChangeButton({ name, edit, target }: { name: string; edit: Edit; target: Inline }): ReactNode {
  const { t } = useWords();
  return edit === null ? null : <Button className="quiet change" aria-label={t('people.changeWhat', { name })} onClick={() => { edit(target); }}>{t('people.change')}</Button>;
}
