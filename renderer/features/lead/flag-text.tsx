/** A flag in words: what happened, of which fact, and what to do about it. */
import type { ReactNode } from 'react';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { formatParams } from '../../app/format.ts';
import type { Words } from '../../app/i18n.ts';
import { useWords } from '../../app/i18n.ts';

export type Flag = QueryOutput<'list-flags'>['rows'][number];

export function FlagText({ flag }: { flag: Flag }): ReactNode {
  const { t, format } = useWords();
  const { about, code, details } = flag;
  return (
    <>
      <span className="inbox-text">{t(`flag.${code}`, formatParams(details, format))}</span>
      <span className="inbox-next"><b>{t('lead.whatNext')}:</b> {t(`flagNext.${code}`)}</span>
      {about === null ? null : <span className="inbox-about">{t('lead.aboutFact', { what: aboutText(about, t, format), at: format.moment(about.at) })}</span>}
    </>
  );
}

function aboutText(about: NonNullable<Flag['about']>, t: Words['t'], format: Words['format']): string {
  const { code, amountCents, currency, dueOn } = about;
  const parts = [code === null ? t([`lead.about.${about.type}`, 'lead.about.other']) : t(`outcome.${code}`)];
  if (amountCents !== null && currency !== null) parts.push(format.money(amountCents, currency));
  if (dueOn !== null) parts.push(t('lead.by', { date: format.date(dueOn) }));
  return parts.join(' · ');
}
