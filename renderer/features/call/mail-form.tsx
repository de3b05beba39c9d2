/**
 * Something for the customer by mail: what, to which address, and that they confirmed it.
 *
 * Invariant: the page decides nothing: which addresses may be written to, and what stands in the way, the desk says (`find-mail-lock.ts`).
 */
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { MailScreen } from '../../../shared/contract/mail-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { PrintSource } from '../../../shared/contract/print-channels.ts';
import type { MailedThing } from '../../../shared/facts/mail-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import type { MailWish } from './call-store.ts';
import { useCall } from './call-store.ts';
import type { BasedOn } from './inline-forms.tsx';
import { spellAddress } from './spell-address.ts';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Props { screen: CaseScreen; wish: MailWish; basedOn: BasedOn; onClose: () => void }

export function MailForm(props: Props): ReactNode {
  const { data } = useQuery('show-mail', { caseId: props.screen.caseId });
  const root = useRef<HTMLDivElement>(null);
  const isThere = data !== null;
  useEffect(() => {
    if (isThere) root.current?.querySelector<HTMLElement>('select, button')?.focus();
  }, [isThere]);
  return data === null ? null : <div ref={root}><MailFields {...props} mail={data} /></div>;
}

const fields = ['what', 'to', 'readBack', 'agreed', 'invoices'];
/** In place of a file: the creditor has it. */
const FROM_CREDITOR = '';

function MailFields({ screen, wish, basedOn, onClose, mail }: Props & { mail: MailScreen }): ReactNode {
  const { t, locale, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const [what, setWhat] = useKept('what', () => firstThing(mail, wish));
  const [chosen, setChosen] = useKept('to', () => firstAddress(mail));
  const [invoiceId, setInvoiceId] = useKept<string>('invoice', () => mail.invoices[0]?.invoiceId ?? '');
  const [copyId, setCopyId] = useKept<string>('copy', () => FROM_CREDITOR);
  const [readBack, setReadBack] = useKept('readBack', () => false);
  const [agreed, setAgreed] = useKept('agreed', () => false);
  const printed = useRef(new Map<string, FactId>());
  const { saving, errorOf, generalError, clearError, save } = useInlineSave(onClose);
  const address = mail.addresses[chosen];
  const language = screen.customer.language === 'it' || screen.customer.language === 'en' ? screen.customer.language : locale;
  const copy = mail.files.find(({ factId }) => factId === copyId)?.factId ?? null;
  const isFromCreditor = what === 'invoice-copy' && copy === null;

  /** The file of what was chosen: printed once, however often saving is tried. */
  const fileOf = async (source: PrintSource): Promise<Result<FactId>> => {
    const before = printed.current.get(source.from);
    if (before !== undefined) return ok(before);
    const done = await command('print-document', { caseId: screen.caseId, source, basedOn });
    if (!done.ok) return done;
    printed.current.set(source.from, done.value.factId);
    return ok(done.value.factId);
  };
  const send = async (): Promise<Result<unknown>> => {
    const source = sourceOf(what, mail, language);
    const file = source === null ? ok(what === 'invoice-copy' ? copy : fileId(what, mail)) : await fileOf(source);
    if (!file.ok) return file;
    return command('request-mail', {
      caseId: screen.caseId, basedOn, what: thingOf(what, screen), attachmentFactId: file.value, invoiceIds: screen.invoices.filter((one) => what === 'invoice-copy' && one.invoiceId === invoiceId).map((one) => one.invoiceId),
      to: address?.to ?? '', partyId: address?.partyId ?? null, readBack, agreed, language,
    });
  };

  const lock = address?.lock ?? mail.lock;
  if (address === undefined) {
    return (
      <InlineForm label={t('mail.title')} saveLabel={t('mail.addAddress')} leaveLabel={t('history.leave')} saving={false} problem={null} onClose={onClose} onSave={() => { setInline({ kind: 'point', pointId: null, point: 'email' }); }}>
        <p className="note">{t('mail.noAddress')}</p>
      </InlineForm>
    );
  }
  return (
    <InlineForm
      label={t('mail.title')} saveLabel={isFromCreditor ? t('mail.askCreditor') : t('mail.send')} leaveLabel={t('history.leave')} saving={saving} problem={generalError(fields)} onClose={onClose}
      onSave={() => { void save(send, isFromCreditor ? t('mail.done.asked') : t('mail.done.queued', { to: address.to })); }}
      more={<Button className="quiet" onClick={() => { setInline({ kind: 'point', pointId: null, point: 'email' }); }}>{t('mail.otherAddress')}</Button>}
    >
      <Choice
        label={t('mail.what.label')} value={what} error={errorOf('what')} onChange={(value) => { setWhat(value); clearError(); }}
        options={thingsOf(mail).map((value) => ({ value, label: labelOf(value, mail, t, (at) => format.past(at)) }))}
      />
      {what === 'invoice-copy' ? (
        <>
          <Choice
            label={t('mail.invoice')} value={invoiceId} error={errorOf('invoices')} options={mail.invoices.map((one) => ({ value: one.invoiceId, label: one.number }))}
            onChange={(value) => { setInvoiceId(value); clearError(); }}
          />
          <Choice
            label={t('mail.copy')} value={copyId} none={t('mail.fromCreditor')} options={mail.files.map(({ factId, fileName }) => ({ value: factId, label: fileName }))}
            onChange={(value) => { setCopyId(value); clearError(); }}
          />
        </>
      ) : null}
      <Choice
        label={t('mail.to')} value={String(chosen)} error={errorOf('to')} options={mail.addresses.map(({ to, name }, index) => ({ value: String(index), label: `${to} · ${name}` }))}
        onChange={(value) => { setChosen(Number(value)); setReadBack(false); clearError(); }}
      />
      {lock === null ? null : <p className="field-error" role="status">{t(`error.mailLock.${lock}`)}</p>}
      <p className="spelled" aria-label={t('mail.spelled')}>{spellAddress(address.to, locale)}</p>
      {address.confirmedAt === null ? null : <p className="dim">{t('mail.confirmed', { at: format.past(address.confirmedAt) })}</p>}
      <Check label={t('mail.readBack')} checked={readBack} onChange={(isRead) => { setReadBack(isRead); clearError(); }} />
      {errorOf('readBack') === null ? null : <p className="field-error" role="alert">{errorOf('readBack')}</p>}
      <Check label={t('mail.agreed')} checked={agreed} onChange={(isAgreed) => { setAgreed(isAgreed); clearError(); }} />
      {errorOf('agreed') === null ? null : <p className="field-error" role="alert">{errorOf('agreed')}</p>}
    </InlineForm>
  );
}

const FILE = 'file:';

function thingsOf({ planId, hasCoordinates, hasInterest, files, invoices }: MailScreen): string[] {
  return [
    ...(planId === null ? [] : ['agreement']), ...(hasCoordinates ? ['coordinates'] : []), ...(hasInterest ? ['interest'] : []), ...(invoices.length === 0 ? [] : ['invoice-copy']),
    ...files.map(({ factId }) => `${FILE}${factId}`),
  ];
}

function firstThing(mail: MailScreen, wish: MailWish): string {
  const wanted = wish.kind === 'file' ? `${FILE}${wish.factId}` : wish.kind;
  const things = thingsOf(mail);
  return things.includes(wanted) ? wanted : things[0] ?? '';
}

/** The first that may be written to, confirmed ones before others. */
function firstAddress({ addresses }: MailScreen): number {
  const best = addresses.findIndex(({ lock, confirmedAt }) => lock === null && confirmedAt !== null);
  return Math.max(0, best >= 0 ? best : addresses.findIndex(({ lock }) => lock === null));
}

function fileId(what: string, { files }: MailScreen): FactId | null {
  return files.find(({ factId }) => what === `${FILE}${factId}`)?.factId ?? null;
}

/** A file that was mailed before is what it was then. */
function thingOf(what: string, { history }: Pick<CaseScreen, 'history'>): MailedThing {
  if (what === 'agreement' || what === 'coordinates' || what === 'interest' || what === 'invoice-copy') return what;
  const before = history.find((entry) => entry.kind === 'mail' && what === `${FILE}${entry.mail.attachmentFactId ?? ''}`);
  return before?.kind === 'mail' && before.mail.what !== 'invoice-copy' ? before.mail.what : 'document';
}

function sourceOf(what: string, { planId }: MailScreen, language: 'it' | 'en'): PrintSource | null {
  if (what === 'agreement' && planId !== null) return { from: 'plan', planId, language };
  return what === 'coordinates' || what === 'interest' ? { from: what, language } : null;
}

function labelOf(value: string, mail: MailScreen, t: ReturnType<typeof useWords>['t'], past: (at: number) => string): string {
  const file = mail.files.find(({ factId }) => value === `${FILE}${factId}`);
  return file === undefined ? t(`mail.what.${thingOf(value, { history: [] })}`) : `${file.fileName} · ${past(file.at)}`;
}
