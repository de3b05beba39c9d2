/** One thing to do on a day: when, what, with whom, and what stands in the way. */
import type { ReactNode } from 'react';
import type { AgendaEntry } from '../../../shared/contract/settings-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentence } from '../../app/sentences.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';

interface Props {
  id: string;
  entry: AgendaEntry;
  selected: boolean;
  onSelect: () => void;
  onOpen: () => void;
}

export function AgendaRow({ id, entry, selected, onSelect, onOpen }: Props): ReactNode {
  const { t, format } = useWords();
  const { kind, at, zone, on, audience, amountCents, currency, late, stopped } = entry;
  return (
    <div id={id} role="option" aria-selected={selected} className="agenda-row" onClick={onSelect} onDoubleClick={onOpen}>
      <span className="agenda-when num">{at === null ? '' : format.time(at, zone ?? undefined)}</span>
      <span className="agenda-what">
        {t(`appointment.${kind}`)}
        {audience === null ? '' : <span className="dim"> · {t(`audience.${audience}`)}</span>}
      </span>
      <span className="row-who">
        <span className="row-name"><span className="row-name-text">{entry.customerName}</span></span>
        <span className="row-why">{entry.creditorName}{stopped === null ? '' : ` · ${reasonSentence(stopped, t, format)}`}</span>
      </span>
      <b className="num">{amountCents === null ? '' : format.money(amountCents, currency)}</b>
      <span className="agenda-late-mark">{late ? <span className="agenda-overdue">{at !== null && format.isToday(at) ? t('agenda.pastHour') : t('agenda.lateSince', { date: format.date(on) })}</span> : null}</span>
      <span><ToneTag mark={stopped === null ? entry.tone : 'suspended'} /></span>
    </div>
  );
}
