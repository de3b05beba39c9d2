/** Days on which nobody is called: the agency's closures, and patron saints by city. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Result } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import type { CalendarForm, CalendarProblems } from './calendar-form.ts';
import { formOfCalendar, readCalendar } from './calendar-form.ts';
import { useConduct } from './conduct-store.ts';
import { PublishForm } from './publish-form.tsx';
import { TextInput } from './text-input.tsx';

export function CalendarTab(): ReactNode {
  const { t } = useWords();
  const { data, error: unread, askAgain } = useQuery('show-conduct', {});
  const { calendar: typed, setCalendar } = useConduct();
  const [problems, setProblems] = useState<CalendarProblems>({});
  if (data === null) return unread === null ? <Loading /> : <Failed error={unread} onRetry={askAgain} />;
  const form = typed ?? formOfCalendar(data.calendar);
  const change = (how: (copy: CalendarForm) => void): void => {
    const copy = structuredClone(form);
    how(copy);
    setCalendar(copy);
    const read = readCalendar(copy);
    // What was called wrong is right as soon as it is; nothing new is called wrong while it is typed.
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([at]) => !read.ok && read.problems[at] !== undefined)));
  };
  const publish = async (): Promise<Result<unknown> | null> => {
    const read = readCalendar(form);
    setProblems(read.ok ? {} : read.problems);
    if (!read.ok) {
      requestAnimationFrame(() => { document.querySelector<HTMLElement>('.calendar-form [aria-invalid="true"]')?.focus(); });
      return null;
    }
    const done = await command('publish-calendar', { after: data.calendar?.version ?? 0, draft: read.draft });
    if (!done.ok) return done;
    setCalendar(null);
    useNotice.getState().say(t('conduct.calendar.published', { version: done.value.version }));
    askAgain();
    return done;
  };
  const problemAt = (at: string): string | null => {
    const problem = problems[at];
    return problem === undefined ? null : t(`conduct.calendar.problem.${problem}`);
  };
  return (
    <PublishForm
      className="card conduct-panel calendar-form" label={t('conduct.tab.calendar')} title={t('conduct.tab.calendar')}
      standing={data.calendar === null ? t('conduct.calendar.none') : t('conduct.rules.version', { version: data.calendar.version })}
      publishLabel={t('conduct.calendar.publish')} isTyped={typed !== null} onReset={() => { setCalendar(null); setProblems({}); }} onPublish={publish}
    >
      <div className="conduct-scroll calendar-parts">
        <section aria-labelledby="closures-title">
          <h3 id="closures-title">{t('conduct.calendar.closures')}</h3>
          <p className="dim">{t('conduct.calendar.closuresText')}</p>
          <table className="conduct-table">
            <thead><tr><th>{t('conduct.calendar.from')}</th><th>{t('conduct.calendar.to')}</th><th>{t('conduct.calendar.name')}</th><th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th></tr></thead>
            <tbody>
              {form.closures.map((closure, index) => {
                const what = t('conduct.calendar.closure', { number: index + 1 });
                const at = `closures.${String(index)}`;
                return (
                  <tr key={String(index)}>
                    {(['from', 'to', 'name'] as const).map((field) => (
                      <td key={field}><TextInput
                        label={t('conduct.inLanguage', { what, language: t(`conduct.calendar.${field}`) })} type={field === 'name' ? 'text' : 'date'} maxLength={100} value={closure[field]} error={problemAt(`${at}.${field}`)}
                        onChange={(text) => {
                          change((copy) => {
                            const entry = copy.closures[index];
                            if (entry === undefined) return;
                            // One day is the usual closure.
                            if (field === 'from' && (entry.to === '' || entry.to === entry.from)) entry.to = text;
                            entry[field] = text;
                          });
                        }}
                      /></td>
                    ))}
                    <td><Button aria-label={t('conduct.editor.removeOf', { what })} onClick={() => { change((copy) => { copy.closures.splice(index, 1); }); }}>×</Button></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <Button onClick={() => { change((copy) => { copy.closures.push({ from: '', to: '', name: '' }); }); }}>{t('conduct.calendar.addClosure')}</Button>
        </section>
        <section aria-labelledby="saints-title">
          <h3 id="saints-title">{t('conduct.calendar.saints')}</h3>
          <p className="dim">{t('conduct.calendar.saintsText')}</p>
          <table className="conduct-table">
            <thead><tr><th>{t('conduct.calendar.city')}</th><th>{t('conduct.calendar.day')}</th><th>{t('conduct.calendar.name')}</th><th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th></tr></thead>
            <tbody>
              {form.saints.map((saint, index) => {
                const what = t('conduct.calendar.saint', { number: index + 1 });
                return (
                  <tr key={String(index)}>
                    {(['city', 'day', 'name'] as const).map((field) => (
                      <td key={field}><TextInput
                        label={t('conduct.inLanguage', { what, language: t(`conduct.calendar.${field}`) })} maxLength={field === 'day' ? 10 : 80} placeholder={field === 'day' ? '7/12' : ''} value={saint[field]} error={problemAt(`saints.${String(index)}.${field}`)}
                        onChange={(text) => { change((copy) => { const entry = copy.saints[index]; if (entry !== undefined) entry[field] = text; }); }}
                      /></td>
                    ))}
                    <td><Button aria-label={t('conduct.editor.removeOf', { what })} onClick={() => { change((copy) => { copy.saints.splice(index, 1); }); }}>×</Button></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <Button onClick={() => { change((copy) => { copy.saints.push({ city: '', day: '', name: '' }); }); }}>{t('conduct.calendar.addSaint')}</Button>
        </section>
      </div>
    </PublishForm>
  );
}
