/** Records the agreement with the workers, or the version that follows the one on record. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { agreementKinds, agreementScopes } from '../../../shared/protocol/workers-agreement-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useConduct } from './conduct-store.ts';
import { PublishForm } from './publish-form.tsx';
import type { WorkersForm, WorkersProblems } from './workers-form.ts';
import { formOfAgreement, readAgreement } from './workers-form.ts';

export function RecordAgreement({ standing, version, onRecorded }: { standing: WorkersAgreementEntity | null; version: number; onRecorded: () => void }): ReactNode {
  const { t } = useWords();
  const typed = useConduct((store) => store.workers);
  const setWorkers = useConduct((store) => store.setWorkers);
  const [problems, setProblems] = useState<WorkersProblems>({});
  const form = typed ?? formOfAgreement(standing);
  const change = (how: Partial<WorkersForm>): void => {
    const next = { ...form, ...how };
    setWorkers(next);
    const read = readAgreement(next);
    // What was called wrong is right as soon as it is; nothing new is called wrong while it is typed.
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !read.ok && field in read.problems)));
  };
  const record = async (): Promise<Result<unknown> | null> => {
    const read = readAgreement(form);
    setProblems(read.ok ? {} : read.problems);
    if (!read.ok) {
      requestAnimationFrame(() => { document.querySelector<HTMLElement>('.workers-form [aria-invalid="true"], .workers-form .scopes-wrong input')?.focus(); });
      return null;
    }
    const done = await command('record-workers-agreement', { draft: read.draft });
    if (!done.ok) return done;
    setWorkers(null);
    useNotice.getState().say(t('conduct.workers.recorded'));
    onRecorded();
    return done;
  };
  const wrong = (field: keyof WorkersProblems): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : t(`conduct.workers.problem.${problem}`);
  };
  const title = t(standing === null ? 'conduct.workers.record' : 'conduct.workers.recordNext');
  return (
    <PublishForm
      className="card conduct-panel workers-form" label={title} title={title} standing={version === 0 ? '' : t('conduct.rules.version', { version: version + 1 })}
      publishLabel={t('conduct.workers.recordIt')} isTyped={typed !== null} onReset={() => { setWorkers(null); setProblems({}); }} onPublish={record}
    >
      <div className="conduct-scroll workers-fields">
        <Choice
          label={t('conduct.workers.field.kind')} value={form.kind} options={agreementKinds.map((value) => ({ value, label: t(`conduct.workers.kindOf.${value}`) }))}
          onChange={(value) => { change({ kind: agreementKinds.find((kind) => kind === value) ?? 'works-agreement' }); }}
        />
        <fieldset className={problems.scopes === undefined ? 'workers-scopes' : 'workers-scopes scopes-wrong'}>
          <legend>{t('conduct.workers.field.scopes')}</legend>
          {agreementScopes.map((scope) => (
            <Check key={scope} label={t(`conduct.workers.allows.${scope}`)} checked={form.scopes.includes(scope)} onChange={(checked) => { change({ scopes: agreementScopes.filter((one) => (one === scope ? checked : form.scopes.includes(one))) }); }} />
          ))}
          {wrong('scopes') === null ? null : <p className="field-error" role="alert">{wrong('scopes')}</p>}
        </fieldset>
        {(['signedOn', 'from', 'until'] as const).map((field) => (
          <TextField
            key={field} type="date" label={t(`conduct.workers.field.${field}`)} value={form[field]} error={wrong(field)} hint={field === 'until' ? t('conduct.workers.untilHint') : null}
            onChange={(text) => { change({ [field]: text }); }}
          />
        ))}
        <TextField label={t('conduct.workers.field.signatories')} value={form.signatories} error={wrong('signatories')} hint={t('conduct.workers.signatoriesHint')} onChange={(signatories) => { change({ signatories }); }} />
        <TextField label={t('conduct.workers.field.document')} value={form.document} error={wrong('document')} hint={t('conduct.workers.documentHint')} onChange={(document) => { change({ document }); }} />
      </div>
    </PublishForm>
  );
}
