/** Which build this is, and where the operator's data lie. */
import type { ReactNode } from 'react';
import type { AppInfo } from '../../bridge/preload-api.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';

export function About({ appInfo }: { appInfo: AppInfo }): ReactNode {
  const { t, format } = useWords();
  const folder = useQuery('show-data-folder', {});
  const sync = useQuery('show-sync', {}).data;
  return (
    <dl className="facts settings-facts">
      <dt>{t('about.version')}</dt><dd>{appInfo.version}{appInfo.testRuntime ? ` · ${t('bar.testBuild')}` : ''}</dd>
      {folder.error === null ? null : <><dt>{t('about.folder')}</dt><dd>{errorSentence(folder.error, t, format)}</dd></>}
      {folder.data === null ? null : (
        <>
          <dt>{t('about.folder')}</dt><dd>{folder.data.folder}</dd>
          <dt>{t('about.encrypted')}</dt><dd>{folder.data.encrypted ? t('about.isEncrypted') : t('about.isNotEncrypted')}</dd>
          <dt>{t('about.size')}</dt><dd>{t('about.sizeOf', { size: format.fileSize(folder.data.sizeBytes), free: format.fileSize(folder.data.freeBytes) })}</dd>
          <dt>{t('about.cases')}</dt><dd>{format.count(folder.data.caseCount)}</dd>
          <dt>{t('about.schema')}</dt><dd>{folder.data.schemaVersion}</dd>
        </>
      )}
      {sync === null ? null : (
        <>
          <dt>{t('bar.unsent')}</dt><dd>{format.count(sync.unsentCount)}</dd>
          <dt>{t('about.lastSync')}</dt><dd>{sync.lastSyncAt === null ? '–' : format.moment(sync.lastSyncAt)}</dd>
        </>
      )}
    </dl>
  );
}
