/** In whose name and over which server each creditor's mail goes. Administrators only; a password goes in and never comes out. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MailOverview, MailSender } from '../../../shared/protocol/mail-protocol.ts';
import { mailSenderDraftSchema } from '../../../shared/protocol/mail-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Row = MailOverview['senders'][number];

export function MailSendersTab(): ReactNode {
  const { t } = useWords();
  const { data, error, askAgain } = useQuery('list-mail-senders', {});
  const [open, setOpen] = useState<string | null>(null);
  if (data === null) return error === null ? <Loading /> : <Failed error={error} onRetry={askAgain} />;
  return (
    <section className="card conduct-panel" aria-labelledby="senders-title">
      <header className="conduct-head"><h2 id="senders-title">{t('conduct.mail.title')}</h2><span className="dim">{t('conduct.mail.text')}</span></header>
      <ul className="mail-senders" data-testid="mail-senders">
        {data.senders.map((row) => (
          <li key={row.creditorId}>
            <div className="mail-sender">
              <b>{row.creditorName}</b>
              <span className="dim">{row.sender === null ? t('conduct.mail.none') : t('conduct.mail.line', { address: row.sender.senderAddress, host: row.sender.host, security: t(`conduct.mail.securityOf.${row.sender.security}`) })}</span>
              <Button aria-expanded={open === row.creditorId} aria-label={t('conduct.mail.changeOf', { name: row.creditorName })} onClick={() => { setOpen(open === row.creditorId ? null : row.creditorId); }}>{t('conduct.mail.change')}</Button>
            </div>
            {open === row.creditorId ? <SenderForm row={row} onDone={() => { setOpen(null); askAgain(); }} onClose={() => { setOpen(null); }} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Texts { senderName: string; senderAddress: string; host: string; port: string; security: MailSender['security']; user: string; privateAuthority: string; password: string }
const securities: readonly MailSender['security'][] = ['starttls', 'tls', 'none'];
const usualPorts: Record<MailSender['security'], string> = { starttls: '587', tls: '465', none: '25' };

function textsOf({ creditorName, sender }: Row): Texts {
  if (sender === null) return { senderName: creditorName.slice(0, 100), senderAddress: '', host: '', port: usualPorts.starttls, security: 'starttls', user: '', privateAuthority: '', password: '' };
  return { ...sender, port: String(sender.port), user: sender.user ?? '', privateAuthority: sender.privateAuthority ?? '', password: '' };
}

function SenderForm({ row, onDone, onClose }: { row: Row; onDone: () => void; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [texts, setTexts] = useState(() => textsOf(row));
  const [wrong, setWrong] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (patch: Partial<Texts>): void => {
    setTexts({ ...texts, ...patch });
    setWrong(null);
    setError(null);
  };
  const act = async (send: () => ReturnType<typeof command<'set-mail-sender'>>  , said: string): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const done = await send();
    setSaving(false);
    setError(done.ok ? null : done.error);
    if (!done.ok) return;
    useNotice.getState().say(said);
    onDone();
  };
  const save = (): void => {
    const { password, user, privateAuthority, port, ...plain } = texts;
    const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
    const draft = mailSenderDraftSchema.safeParse({ sender: { ...plain, host: plain.host.trim(), port: Number(port), user: orNull(user), privateAuthority: orNull(privateAuthority) }, password: password === '' ? null : password });
    if (!draft.success) {
      setWrong(String(draft.error.issues[0]?.path.at(-1) ?? 'host'));
      return;
    }
    void act(() => command('set-mail-sender', { creditorId: row.creditorId, draft: draft.data }), t('conduct.mail.saved', { name: row.creditorName }));
  };
  const problemOf = (field: keyof Texts): string | null => {
    if (wrong === field) return t(`conduct.mail.wrong.${field}`);
    return error?.details['field'] === field ? errorSentence(error, t, format) : null;
  };
  const general = error === null || ['password', 'privateAuthority'].includes(String(error.details['field'] ?? '')) ? null : errorSentence(error, t, format);
  return (
    <InlineForm
      label={t('conduct.mail.changeOf', { name: row.creditorName })} saveLabel={t('conduct.mail.save')} leaveLabel={t('history.leave')} saving={saving} problem={general} onSave={save} onClose={onClose}
      more={row.sender === null ? null : <Button className="quiet" disabled={saving} onClick={() => { void act(() => command('remove-mail-sender', { creditorId: row.creditorId }), t('conduct.mail.removed', { name: row.creditorName })); }}>{t('conduct.mail.remove')}</Button>}
    >
      <TextField label={t('conduct.mail.senderName')} value={texts.senderName} autoFocus maxLength={100} error={problemOf('senderName')} onChange={(senderName) => { change({ senderName }); }} />
      <TextField label={t('conduct.mail.senderAddress')} value={texts.senderAddress} maxLength={254} error={problemOf('senderAddress')} onChange={(senderAddress) => { change({ senderAddress }); }} />
      <Choice
        label={t('conduct.mail.security')} value={texts.security} options={securities.map((value) => ({ value, label: t(`conduct.mail.securityOf.${value}`) }))} error={problemOf('security')}
        onChange={(value) => {
          const security = securities.find((one) => one === value) ?? 'starttls';
          change({ security, ...(texts.port === usualPorts[texts.security] ? { port: usualPorts[security] } : {}) });
        }}
      />
      <TextField label={t('conduct.mail.host')} value={texts.host} maxLength={253} error={problemOf('host')} onChange={(host) => { change({ host }); }} />
      <TextField label={t('conduct.mail.port')} value={texts.port} maxLength={5} error={problemOf('port')} onChange={(port) => { change({ port }); }} />
      <TextField label={t('conduct.mail.user')} value={texts.user} maxLength={200} error={problemOf('user')} hint={t('conduct.mail.userHint')} onChange={(user) => { change({ user }); }} />
      <Field label={t('conduct.mail.password')} error={problemOf('password')} hint={row.sender?.user == null ? null : t('conduct.mail.passwordHint')}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} fullWidth type="password" value={texts.password} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'new-password', maxLength: 200 }}
            onChange={(event) => { change({ password: event.target.value }); }}
          />
        )}
      </Field>
      <Field label={t('conduct.mail.privateAuthority')} error={problemOf('privateAuthority')} hint={t('conduct.mail.privateAuthorityHint')}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} fullWidth multiline minRows={1} maxRows={6} value={texts.privateAuthority} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, spellCheck: false }}
            onChange={(event) => { change({ privateAuthority: event.target.value }); }}
          />
        )}
      </Field>
    </InlineForm>
  );
}
