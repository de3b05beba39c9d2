/** The rules of one policy for one creditor: the preset's value, a stricter one, and what holds, in words. */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { DebtorKind } from '../../../shared/case/case-entity.ts';
import type { JsonObject } from '../../../shared/json-object.ts';
import type { PolicyPack } from '../../../shared/policy/contact/policy-pack.ts';
import { useWords } from '../../app/i18n.ts';
import type { ConductProblems, RuleField } from './conduct-form.ts';
import { hiddenChanges, holdingValue, rulesOf, showValue, valueAt } from './conduct-form.ts';
import { TextInput } from './text-input.tsx';

interface Props {
  pack: PolicyPack;
  kinds: readonly DebtorKind[];
  typed: Partial<Record<RuleField, string>>;
  kept: JsonObject;
  problems: ConductProblems;
  onChange: (field: RuleField, text: string) => void;
}

export function PolicyRules({ pack, kinds, typed, kept, problems, onChange }: Props): ReactNode {
  const { t, format } = useWords();
  const hidden = hiddenChanges(kept);
  return (
    <section aria-labelledby={`policy-${pack.id}`}>
      <h3 id={`policy-${pack.id}`}>{pack.title[format.locale]} <span className="dim">{kinds.map((kind) => t(`kind.${kind}`)).join(', ')} · {t('conduct.rules.preset', { version: pack.version })}</span></h3>
      <table className="conduct-table rules-values">
        <thead><tr><th>{t('conduct.rules.rule')}</th><th>{t('conduct.rules.presetValue')}</th><th>{t('conduct.rules.stricter')}</th><th>{t('conduct.rules.holds')}</th></tr></thead>
        <tbody>
          {rulesOf(pack).map(({ field, type }) => {
            const text = typed[field] ?? '';
            const label = t(`conduct.rule.${field}`);
            const problem = problems[`${pack.id}/${field}`];
            const preset = valueAt(pack, field);
            return (
              <tr key={field}>
                <th scope="row">{label}</th>
                <td className="nowrap">{preset === null ? t('conduct.rules.noLimit') : showValue(preset, type)}</td>
                <td><TextInput label={t('conduct.rules.stricterOf', { rule: label, policy: pack.title[format.locale] })} value={text} maxLength={60} error={problem === undefined ? null : t(problem)} onChange={(words) => { onChange(field, words); }} /></td>
                <td>{ruleInWords(field, holdingValue(pack, field, text, type), t)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hidden.length === 0 ? null : <p className="dim">{t('conduct.rules.alsoChanged', { fields: hidden.join(', ') })}</p>}
    </section>
  );
}

/** `al massimo 1 conversazione al giorno`. */
export function ruleInWords(field: RuleField, value: unknown, t: TFunction): string {
  if (typeof value === 'number') return t(`conduct.means.${field}`, { count: value });
  if (!Array.isArray(value)) return t('conduct.means.none');
  const hours = showValue(value, 'hours');
  return hours === '-' ? t('conduct.means.closed') : t('conduct.means.open', { hours });
}
