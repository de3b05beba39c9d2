/**
 * The rows of a rate table, newest first: to be typed in, or to be read.
 *
 * Invariant: only a row that is typed and not published may simply be removed; what stands is withdrawn with its reason (`withdraw-rate.tsx`).
 */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { RateRow } from '../../../shared/interest/rate-table.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import type { RatesForm, RateText } from './rates-form.ts';
import { TextInput } from './text-input.tsx';

const fields = ['from', 'to', 'rate', 'source'] as const;

interface Props {
  form: RatesForm;
  /** To be read only; null: the form is typed in. */
  rows: readonly RateRow[] | null;
  /** So many rows of the form, the oldest, stand already; new ones come after them. */
  standingCount: number;
  problemAt: (at: string) => string | null;
  onChange: (form: RatesForm) => void;
}

export function RatesTable({ form, rows, standingCount, problemAt, onChange }: Props): ReactNode {
  const { t } = useWords();
  const change = (index: number, how: Partial<RateText>): void => { onChange(form.map((row, place) => (place === index ? { ...row, ...how } : row))); };
  return (
    <table className={rows === null ? 'conduct-table rates' : 'conduct-table rates rates-read'}>
      <thead>
        <tr>
          <th><abbr title={t('conduct.rates.row')}>{t('conduct.rates.number')}</abbr></th>
          {fields.map((field) => <th key={field}>{t(`conduct.rates.field.${field}`)}</th>)}
          <th>{rows === null ? t('conduct.rates.check') : t('conduct.rates.status')}</th>
          {rows === null ? <th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th> : null}
        </tr>
      </thead>
      <tbody>
        {rows === null
          ? form.map((row, index) => {
            const what = t('conduct.rates.rowOf', { number: index + 1 });
            return (
              <tr key={String(index)}>
                <th scope="row">{index + 1}</th>
                {fields.map((field) => (
                  <td key={field}>
                    <TextInput
                      label={t('conduct.inLanguage', { what, language: t(`conduct.rates.field.${field}`) })} type={field === 'from' || field === 'to' ? 'date' : 'text'} maxLength={field === 'rate' ? 10 : 300}
                      value={row[field]} error={problemAt(`${String(index)}.${field}`)} onChange={(text) => { change(index, { [field]: text }); }}
                    />
                  </td>
                ))}
                <td className="rates-check"><Check label={t('conduct.rates.unverified')} checked={row.isUnverified} onChange={(isUnverified) => { change(index, { isUnverified }); }} /></td>
                <td>{index < standingCount ? null : <Button aria-label={t('conduct.editor.removeOf', { what })} onClick={() => { onChange(form.filter((_row, place) => place !== index)); }}>×</Button>}</td>
              </tr>
            );
          }).toReversed()
          : rows.map((row, index) => <ReadRow key={row.from} row={row} number={index + 1} />).toReversed()}
      </tbody>
    </table>
  );
}

function ReadRow({ row: { from, to, basisPoints, source, status }, number }: { row: RateRow; number: number }): ReactNode {
  const { t, format } = useWords();
  // Side by side with other years, this one is said as well.
  const withYear = (date: PlainDate): string => {
    const text = format.shortDate(date);
    return text.endsWith(date.slice(0, 4)) ? text : `${text} ${date.slice(0, 4)}`;
  };
  return (
    <tr>
      <th scope="row">{number}</th>
      <td className="nowrap">{withYear(from)}</td>
      <td className="nowrap">{withYear(to)}</td>
      <td className="nowrap num">{format.rate(basisPoints)}</td>
      <td>{source}</td>
      <td>{status === 'unverified' ? t('conduct.rates.unverified') : ''}</td>
    </tr>
  );
}
