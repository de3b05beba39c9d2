/** Who is trained for which tone. Administrators set it; leads read it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { tones } from '../../../shared/case/case-entity.ts';
import type { Tone } from '../../../shared/case/case-entity.ts';
import type { CertifiedPerson } from '../../../shared/contract/conduct-office-channels.ts';
import { certificateDraftSchema, certificateLevels } from '../../../shared/protocol/conduct-protocol.ts';
import { dateOfInstant, plainDateSchema, systemClock } from '../../../shared/time.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { siteZone } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { Pick, TextInput } from './text-input.tsx';

type Level = (typeof certificateLevels)[number] | 'none';
interface Cell { level: Level; since: string; until: string }
type Row = Record<Tone, Cell>;

export function CertificatesTab({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const { t } = useWords();
  const { data, error, askAgain } = useQuery('list-certificates', {});
  if (data === null) return error === null ? <Loading /> : <Failed error={error} onRetry={askAgain} />;
  return (
    <section className="card conduct-panel" aria-labelledby="certificates-title">
      <header className="conduct-head"><h2 id="certificates-title">{t('conduct.tab.certificates')}</h2><span className="dim">{t(mayEdit ? 'conduct.certificates.editText' : 'conduct.certificates.readText')}</span></header>
      <div className="conduct-scroll" tabIndex={0} role="group" aria-labelledby="certificates-title">
        <table className="conduct-table certificates">
          <thead><tr><th>{t('conduct.certificates.person')}</th>{tones.map((tone) => <th key={tone}>{t(`tone.${tone}`)}{mayEdit ? <span className="dim"> {t('conduct.certificates.days')}</span> : null}</th>)}{mayEdit ? <th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th> : null}</tr></thead>
          <tbody>
            {data.people.map((person) => (mayEdit
              ? <PersonRow key={`${person.userId} ${JSON.stringify(person.certificates)}`} person={person} onSaved={askAgain} />
              : <tr key={person.userId}><th scope="row">{person.displayName}</th>{tones.map((tone) => <td key={tone}><CellInWords cell={rowOf(person)[tone]} /></td>)}</tr>))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function rowOf({ certificates }: CertifiedPerson): Row {
  const cell = (tone: Tone): Cell => {
    const held = certificates.find((certificate) => certificate.tone === tone);
    return { level: held?.level ?? 'none', since: held?.since ?? '', until: held?.until ?? '' };
  };
  return { courtesy: cell('courtesy'), reminder: cell('reminder'), recovery: cell('recovery') };
}

function CellInWords({ cell: { level, since, until } }: { cell: Cell }): ReactNode {
  const { t, format } = useWords();
  const words = (date: string): string => format.date(plainDateSchema.parse(date));
  return (
    <>
      {t(`conduct.level.${level}`)}
      {level === 'none' ? null : <span className="dim"> {t('conduct.certificates.sinceDay', { date: words(since) })}{until === '' ? '' : ` ${t('conduct.certificates.untilDay', { date: words(until) })}`}</span>}
    </>
  );
}

function PersonRow({ person, onSaved }: { person: CertifiedPerson; onSaved: () => void }): ReactNode {
  const { t, format } = useWords();
  const held = rowOf(person);
  const [row, setRow] = useState(held);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const changed = JSON.stringify(row) !== JSON.stringify(held);
  const change = (tone: Tone, how: Partial<Cell>): void => { setRow({ ...row, [tone]: { ...row[tone], ...how } }); };
  const save = async (): Promise<void> => {
    const given = tones.filter((tone) => row[tone].level !== 'none');
    const isWrong = given.some((tone) => !plainDateSchema.safeParse(row[tone].since).success || (row[tone].until !== '' && row[tone].until < row[tone].since));
    if (isWrong) { setProblem(t('error.certificateReversed')); return; }
    const { certificates } = certificateDraftSchema.parse({
      certificates: given.map((tone) => ({ tone, level: row[tone].level, since: row[tone].since, until: row[tone].until === '' ? null : row[tone].until })),
    });
    setSaving(true);
    const done = await command('save-certificates', { userId: person.userId, certificates });
    setSaving(false);
    setProblem(done.ok ? null : errorSentence(done.error, t, format));
    if (!done.ok) return;
    useNotice.getState().say(t('conduct.certificates.saved', { name: person.displayName }));
    onSaved();
  };
  return (
    <tr>
      <th scope="row">{person.displayName}</th>
      {tones.map((tone) => {
        const what = t('conduct.inLanguage', { what: person.displayName, language: t(`tone.${tone}`) });
        const { level, since, until } = row[tone];
        return (
          <td key={tone}>
            <Pick
              label={what} value={level} options={(['none', ...certificateLevels] as const).map((name) => ({ value: name, label: t(`conduct.level.${name}`) }))}
              onChange={(name) => { change(tone, { level: name ?? 'none', since: since === '' ? dateOfInstant(systemClock.nowMs(), siteZone) : since }); }}
            />
            {level === 'none' ? null : (
              <span className="certificate-days">
                <TextInput type="date" label={t('conduct.certificates.since', { what })} value={since} onChange={(date) => { change(tone, { since: date }); }} />
                <TextInput type="date" label={t('conduct.certificates.until', { what })} value={until} onChange={(date) => { change(tone, { until: date }); }} />
              </span>
            )}
          </td>
        );
      })}
      <td className="conduct-acts">
        <Button className={changed ? 'primary' : ''} disabled={!changed || saving} aria-label={t('conduct.certificates.saveOf', { name: person.displayName })} onClick={() => { void save(); }}>{t('conduct.certificates.save')}</Button>
        {problem === null ? null : <span className="field-error" role="alert">{problem}</span>}
      </td>
    </tr>
  );
}
