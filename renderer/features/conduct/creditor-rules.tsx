/** How one creditor may be spoken for: policies and identity per kind of customer, stricter values, the printed number, what may be agreed. */
import type { ReactNode } from 'react';
import type { CreditorConduct } from '../../../shared/contract/conduct-office-channels.ts';
import { policiesFor } from '../../../shared/policy/contact/standard-policies.ts';
import { conductKinds } from '../../../shared/protocol/conduct-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { Check } from '../../ui/check.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AgreementRules } from './agreement-rules.tsx';
import type { ConductForm } from './conduct-form.ts';
import { formOfConduct, policiesInUse, readConduct } from './conduct-form.ts';
import { useConduct } from './conduct-store.ts';
import { IdentityOrder } from './identity-order.tsx';
import { PolicyRules } from './policy-rules.tsx';
import { PublishForm } from './publish-form.tsx';
import { Pick } from './text-input.tsx';

export function CreditorRules({ creditor, onPublished }: { creditor: CreditorConduct; onPublished: () => void }): ReactNode {
  const { t, format, locale } = useWords();
  const { creditorId, name, conduct } = creditor;
  const typed = useConduct((store) => store.forms[creditorId]);
  const setForm = useConduct((store) => store.setForm);
  const form = typed ?? formOfConduct(creditorId, conduct, locale);
  const read = readConduct(creditorId, form, locale);
  const problems = read.ok ? {} : read.problems;
  const change = (how: Partial<ConductForm>): void => { setForm(creditorId, { ...form, ...how }); };
  const publish = async (): Promise<Result<unknown> | null> => {
    if (!read.ok) {
      const wrong = document.querySelector<HTMLElement>('.creditor-rules [aria-invalid="true"]');
      const fold = wrong?.closest('details');
      if (fold) fold.open = true;
      wrong?.focus();
      return null;
    }
    const done = await command('publish-conduct', { after: conduct?.version ?? 0, draft: read.draft });
    if (!done.ok) return done;
    setForm(creditorId, null);
    useNotice.getState().say(t('conduct.rules.published', { name, version: done.value.version }));
    onPublished();
    return done;
  };
  return (
    <PublishForm
      className="card creditor-rules" label={t('conduct.rules.of', { name })} title={name}
      standing={conduct === null ? t('conduct.rules.standard') : t('conduct.rules.version', { version: conduct.version })}
      publishLabel={t('conduct.rules.publish')} isTyped={typed !== undefined} onReset={() => { setForm(creditorId, null); }} onPublish={publish}
    >
      <div className="conduct-scroll">
        <table className="conduct-table rules-kinds">
          <thead><tr><th>{t('conduct.rules.kind')}</th><th>{t('conduct.rules.policy')}</th><th>{t('conduct.rules.identity')}</th></tr></thead>
          <tbody>
            {conductKinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`kind.${kind}`)}</th>
                <td>
                  <Pick
                    label={t('conduct.rules.policyOf', { kind: t(`kind.${kind}`) })} value={form.policyOfKind[kind]}
                    options={policiesFor(kind).map((pack) => ({ value: pack.id, label: pack.title[format.locale] }))}
                    onChange={(policyId) => { if (policyId !== null) change({ policyOfKind: { ...form.policyOfKind, [kind]: policyId } }); }}
                  />
                </td>
                <td><IdentityOrder kind={kind} methods={form.identityMethods[kind]} onChange={(methods) => { change({ identityMethods: { ...form.identityMethods, [kind]: methods } }); }} /></td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="rules-more">
          <TextField label={t('conduct.rules.printedNumber')} value={form.printedNumber} maxLength={40} error={null} hint={t('conduct.rules.printedNumberHint')} onChange={(printedNumber) => { change({ printedNumber }); }} />
          <TextField label={t('conduct.rules.city')} value={form.city} maxLength={80} error={null} hint={t('conduct.rules.cityHint')} onChange={(city) => { change({ city }); }} />
          <Check label={t('conduct.rules.guarantors')} checked={form.mayCallGuarantors} onChange={(mayCallGuarantors) => { change({ mayCallGuarantors }); }} />
          <Check label={t('conduct.rules.recording')} checked={form.mayRecord} onChange={(mayRecord) => { change({ mayRecord }); }} />
        </div>
        <AgreementRules form={form.terms} problems={read.ok ? {} : read.terms} onChange={(terms) => { change({ terms }); }} />
        {policiesInUse(form).map((pack) => (
          <PolicyRules
            key={pack.id} pack={pack} typed={form.stricter[pack.id] ?? {}} kept={form.kept[pack.id] ?? {}} problems={problems}
            kinds={conductKinds.filter((kind) => form.policyOfKind[kind] === pack.id)}
            onChange={(field, text) => { change({ stricter: { ...form.stricter, [pack.id]: { ...form.stricter[pack.id], [field]: text } } }); }}
          />
        ))}
      </div>
    </PublishForm>
  );
}
