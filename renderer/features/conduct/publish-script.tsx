/** Publishing: a new version number, proposed; refused while the checker finds anything. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { compareVersions, nextVersion } from './edit-script.ts';
import { forgetDraft, jsonOf } from './script-editor-store.ts';
import { versionsOf } from './script-versions.ts';

interface Props { pack: ScriptPack; findings: number; published: readonly { packId: string; packVersion: string }[] }

export function PublishScript({ pack, findings, published }: Props): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="primary" aria-expanded={open} onClick={() => { setOpen(!open); }}>{t('conduct.editor.publish')}</Button>
      {open ? <PublishForm pack={pack} findings={findings} published={published} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}

function PublishForm({ pack, findings, published, onClose }: Props & { onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const taken = versionsOf(pack.id, published);
  const [version, setVersion] = useState(() => nextVersion(taken));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [highest] = [...taken].sort(compareVersions).reverse();
  const versionProblem = !/^\d+\.\d+\.\d+$/.test(version) ? t('conduct.editor.versionForm')
    : highest !== undefined && compareVersions(version, highest) <= 0 ? t('error.versionNotHigher', { packVersion: version, highest }) : null;
  const publish = async (): Promise<void> => {
    if (saving || versionProblem !== null) return;
    if (findings > 0) { setProblem(t('error.scriptHasFindings', { count: findings })); return; }
    setSaving(true);
    const done = await command('publish-script', { pack: jsonOf({ ...pack, version }) });
    setSaving(false);
    if (!done.ok) { setProblem(errorSentence(done.error, t, format)); return; }
    await forgetDraft(pack.id);
    useNotice.getState().say(t('conduct.editor.published', { name: pack.title[format.locale], version }));
  };
  return (
    <div
      className="card publish-form"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <InlineForm label={t('conduct.editor.publish')} saveLabel={t('conduct.editor.publish')} leaveLabel={t('conduct.no')} saving={saving} problem={problem} onSave={() => { void publish(); }} onClose={onClose}>
        <TextField label={t('conduct.scripts.version')} value={version} autoFocus maxLength={20} error={versionProblem} hint={t('conduct.editor.versionHint')} onChange={setVersion} />
      </InlineForm>
    </div>
  );
}
