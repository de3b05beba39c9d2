/** Scripts: what is in force, what is being written, and where a new one begins. */
import Button from '@mui/material/Button';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { query } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { ScriptInList } from '../../../shared/protocol/conduct-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { readScriptPack } from '../../../shared/script/script-pack.ts';
import { standardPacks } from '../../../shared/script/standard-packs.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { command } from '../../bridge/desk.ts';
import { copyOf, firstFree, nextVersion } from './edit-script.ts';
import { readScriptFile, saveScriptFile } from './script-file.ts';
import { forgetDraft, useScriptEditor } from './script-editor-store.ts';
import { versionsOf } from './script-versions.ts';

export function ScriptsTab(): ReactNode {
  const { t, format } = useWords();
  const published = useQuery('list-scripts', {});
  const drafts = useQuery('list-script-drafts', {});
  const open = useScriptEditor((store) => store.open);
  const file = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const warn = (error: AppError): void => { useNotice.getState().warn(errorSentence(error, t, format)); };

  const scripts = published.data?.scripts ?? [];
  const written = (drafts.data?.drafts ?? []).map((draft) => ({ ...draft, read: readScriptPack(draft.pack) }));
  const inForce = scripts.filter(({ isInForce }) => isInForce);
  const rows = [
    ...standardPacks.filter((pack) => !inForce.some(({ packId }) => packId === pack.id))
      .map((pack) => ({ packId: pack.id, packVersion: pack.version, standard: pack, publishedAt: null, title: pack.title[format.locale], tone: pack.serves.tone })),
    ...inForce.map(({ packId, packVersion, publishedAt, title, tone }) => ({ packId, packVersion, standard: null, publishedAt, title: title[format.locale], tone })),
  ].sort((one, other) => one.packId.localeCompare(other.packId));

  const readPack = async ({ packId, packVersion, standard }: (typeof rows)[number]): Promise<ScriptPack | null> => {
    if (standard !== null) return standard;
    const found = await query('show-published-script', { packId, packVersion });
    const read = found.ok ? readScriptPack(found.value.pack) : found;
    if (!read.ok) warn(read.error);
    return read.ok ? read.value : null;
  };
  /** A draft that is there already is gone on with: it is somebody's work. */
  const edit = async (row: (typeof rows)[number]): Promise<void> => {
    const draft = written.find(({ packId }) => packId === row.packId);
    if (draft?.read.ok === true) { open(draft.read.value); return; }
    const pack = await readPack(row);
    if (pack !== null) open({ ...pack, version: nextVersion(versionsOf(pack.id, scripts)) });
  };
  const copy = async (row: (typeof rows)[number]): Promise<void> => {
    const pack = await readPack(row);
    const taken = [...standardPacks.map(({ id }) => id), ...scripts.map(({ packId }) => packId), ...written.map(({ packId }) => packId)];
    if (pack !== null) open(copyOf(pack, firstFree(`${pack.id.slice(0, 60)}-copy`, (id) => taken.includes(id))));
  };
  const withdraw = async (packId: string): Promise<void> => {
    const done = await command('withdraw-script', { packId });
    setAsking(null);
    if (!done.ok) warn(done.error);
    published.askAgain();
  };
  const bringIn = async (chosen: File): Promise<void> => {
    const read = await readScriptFile(chosen);
    if (!read.ok) { warn(read.error); return; }
    const taken = written.some(({ packId }) => packId === read.value.id);
    open(taken ? copyOf(read.value, firstFree(`${read.value.id.slice(0, 60)}-copy`, (id) => written.some(({ packId }) => packId === id))) : read.value);
  };

  return (
    <section className="card conduct-panel" aria-labelledby="scripts-title">
      <header className="conduct-head">
        <h2 id="scripts-title">{t('conduct.tab.scripts')}</h2>
        <span>
          <input
            ref={file} type="file" accept="application/json,.json" className="visually-hidden" tabIndex={-1} aria-label={t('conduct.scripts.file')}
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              event.target.value = '';
              if (chosen !== undefined) void bringIn(chosen);
            }}
          />
          <Button onClick={() => { file.current?.click(); }}>{t('conduct.scripts.import')}</Button>
        </span>
      </header>
      {published.error === null ? null : <p className="note note-warning" role="status">{errorSentence(published.error, t, format)} {t('conduct.scripts.standardOnly')}</p>}
      <div className="conduct-scroll">
        <table className="conduct-table">
          <thead><tr><th>{t('conduct.scripts.script')}</th><th>{t('conduct.scripts.tone')}</th><th>{t('conduct.scripts.version')}</th><th>{t('conduct.scripts.state')}</th><th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.packId}>
                <th scope="row"><b>{row.title}</b> <span className="dim">{row.packId}</span></th>
                <td><ToneTag mark={row.tone} /></td>
                <td className="nowrap">{row.packVersion}</td>
                <td>{row.publishedAt === null ? t('conduct.scripts.standard') : t('conduct.scripts.inForceSince', { when: format.full(row.publishedAt) })}</td>
                <td className="conduct-acts">
                  {asking === row.packId ? (
                    <span role="group" aria-label={t('conduct.scripts.withdrawSure')}>
                      <span>{t('conduct.scripts.withdrawSure')}</span>
                      <Button className="primary" autoFocus onClick={() => { void withdraw(row.packId); }}>{t('conduct.scripts.withdrawYes')}</Button>
                      <Button onClick={() => { setAsking(null); }}>{t('conduct.no')}</Button>
                    </span>
                  ) : (
                    <>
                      <Button aria-label={t('conduct.scripts.editOf', { name: row.title })} onClick={() => { void edit(row); }}>{t('conduct.scripts.edit')}</Button>
                      <Button aria-label={t('conduct.scripts.copyOf', { name: row.title })} onClick={() => { void copy(row); }}>{t('conduct.scripts.copy')}</Button>
                      <Button aria-label={t('conduct.scripts.exportOf', { name: row.title })} onClick={() => { void readPack(row).then((pack) => { if (pack !== null) saveScriptFile(pack); }); }}>{t('conduct.scripts.export')}</Button>
                      {row.publishedAt === null ? null : <Button aria-label={t('conduct.scripts.withdrawOf', { name: row.title })} onClick={() => { setAsking(row.packId); }}>{t('conduct.scripts.withdraw')}</Button>}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {written.length === 0 ? null : (
          <>
            <h3>{t('conduct.scripts.drafts')}</h3>
            <table className="conduct-table">
              <thead><tr><th>{t('conduct.scripts.script')}</th><th>{t('conduct.scripts.version')}</th><th>{t('conduct.scripts.savedAt')}</th><th><span className="visually-hidden">{t('conduct.scripts.acts')}</span></th></tr></thead>
              <tbody>
                {written.map(({ packId, savedAt, read }) => (
                  <tr key={packId}>
                    <th scope="row"><b>{read.ok ? read.value.title[format.locale] : packId}</b> <span className="dim">{packId}</span></th>
                    <td className="nowrap">{read.ok ? read.value.version : ''}</td>
                    <td>{read.ok ? format.full(savedAt) : errorSentence(read.error, t, format)}</td>
                    <td className="conduct-acts">
                      {read.ok ? <Button className="primary" aria-label={t('conduct.scripts.goOnOf', { name: packId })} onClick={() => { open(read.value); }}>{t('conduct.scripts.goOn')}</Button> : null}
                      {asking === `draft ${packId}` ? (
                        <span role="group" aria-label={t('conduct.scripts.forgetSure')}>
                          <Button autoFocus onClick={() => { void forgetDraft(packId).then(() => { setAsking(null); drafts.askAgain(); }); }}>{t('conduct.scripts.forgetYes')}</Button>
                          <Button onClick={() => { setAsking(null); }}>{t('conduct.no')}</Button>
                        </span>
                      ) : <Button aria-label={t('conduct.scripts.forgetOf', { name: packId })} onClick={() => { setAsking(`draft ${packId}`); }}>{t('conduct.scripts.forget')}</Button>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
        <Earlier scripts={scripts.filter(({ isInForce }) => !isInForce)} />
      </div>
    </section>
  );
}

/** Kept for ever: they say what was read out. */
function Earlier({ scripts }: { scripts: readonly ScriptInList[] }): ReactNode {
  const { t, format } = useWords();
  if (scripts.length === 0) return null;
  return (
    <>
      <h3>{t('conduct.scripts.earlier')}</h3>
      <ul className="conduct-earlier">
        {scripts.map(({ packId, packVersion, publishedAt, title, tone }) => (
          <li key={`${packId}@${packVersion}`}><b>{title[format.locale]}</b> {packVersion} <ToneTag mark={tone} /> <span className="dim">{packId} · {format.full(publishedAt)}</span></li>
        ))}
      </ul>
    </>
  );
}
