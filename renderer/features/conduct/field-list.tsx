/** What a capture step asks for. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { ScriptField } from '../../../shared/script/script-fields.ts';
import { fieldTypes, fillRules } from '../../../shared/script/script-fields.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { firstFree } from './edit-script.ts';
import { BothLanguages, NameInput, Pick } from './text-input.tsx';

interface Props { fields: readonly ScriptField[]; onChange: (how: (fields: ScriptField[]) => void, field: string | null) => void }

export function FieldList({ fields, onChange }: Props): ReactNode {
  const { t } = useWords();
  const at = (index: number, how: (field: ScriptField) => void, field: string | null): void => {
    onChange((copy) => {
      const entry = copy[index];
      if (entry !== undefined) how(entry);
    }, field === null ? null : `${String(index)} ${field}`);
  };
  return (
    <section className="unit-part" aria-label={t('conduct.editor.fields')}>
      <h4>{t('conduct.editor.fields')}</h4>
      {fields.map((field, index) => {
        const name = t('conduct.editor.field', { number: index + 1 });
        return (
          <div className="unit-entry" key={String(index)} role="group" aria-label={name}>
            <BothLanguages label={name} text={field.label} onChange={(locale, words) => { at(index, (copy) => { copy.label[locale] = words; }, locale); }} />
            <div className="unit-row">
              <NameInput label={t('conduct.editor.fieldId', { what: name })} value={field.id} pattern={/^[a-z][a-zA-Z0-9]*$/} problem={t('conduct.editor.notFieldId')} onChange={(id) => { at(index, (copy) => { copy.id = id; }, 'id'); }} />
              <Pick
                label={t('conduct.editor.typeOf', { what: name })} value={field.type} options={fieldTypes.map((type) => ({ value: type, label: t(`conduct.fieldType.${type}`) }))}
                onChange={(type) => {
                  at(index, (copy) => {
                    copy.type = type ?? 'text';
                    if (copy.type === 'choice') copy.choices ??= [{ value: 'yes', label: { it: 'Sì', en: 'Yes' } }];
                    else delete copy.choices;
                  }, null);
                }}
              />
              <Pick
                label={t('conduct.editor.fillsOf', { what: name })} value={field.fills ?? ''} none={t('conduct.editor.fillsNothing')} options={Object.keys(fillRules).map((fills) => ({ value: fills, label: fills }))}
                onChange={(fills) => { at(index, (copy) => { if (fills === null) delete copy.fills; else copy.fills = fills; }, null); }}
              />
              <Button aria-label={t('conduct.editor.removeOf', { what: name })} disabled={fields.length === 1} onClick={() => { onChange((copy) => { copy.splice(index, 1); }, null); }}>×</Button>
            </div>
            <div className="unit-row">
              <Check label={t('conduct.editor.required')} checked={field.required} onChange={(required) => { at(index, (copy) => { copy.required = required; }, null); }} />
              <Check label={t('conduct.editor.restricted')} checked={field.restricted === true} onChange={(restricted) => { at(index, (copy) => { if (restricted) copy.restricted = true; else delete copy.restricted; }, null); }} />
              {field.type === 'date' ? <Check label={t('conduct.editor.past')} checked={field.past === true} onChange={(past) => { at(index, (copy) => { if (past) copy.past = true; else delete copy.past; }, null); }} /> : null}
            </div>
            {field.type === 'choice' ? <Choices choices={field.choices ?? []} onChange={(how, choiceField) => { at(index, (copy) => { copy.choices = how(copy.choices ?? []); }, choiceField === null ? null : `choices ${choiceField}`); }} /> : null}
          </div>
        );
      })}
      <Button onClick={() => { onChange((copy) => { copy.push({ id: firstFree('value', (id) => copy.some((other) => other.id === id)).replace('-', ''), type: 'text', label: { it: '', en: '' }, required: true }); }, null); }}>{t('conduct.editor.addField')}</Button>
    </section>
  );
}

type Choice = NonNullable<ScriptField['choices']>[number];

function Choices({ choices, onChange }: { choices: readonly Choice[]; onChange: (how: (choices: Choice[]) => Choice[], field: string | null) => void }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {choices.map((choice, index) => {
        const name = t('conduct.editor.choice', { number: index + 1 });
        return (
          <div className="unit-row" key={String(index)} role="group" aria-label={name}>
            <NameInput
              label={t('conduct.editor.choiceValue', { what: name })} value={choice.value} pattern={/^[a-z][a-z0-9-]*$/} problem={t('conduct.editor.notId')}
              onChange={(value) => { onChange((copy) => copy.map((other, place) => (place === index ? { ...other, value } : other)), `${String(index)} value`); }}
            />
            <BothLanguages label={name} text={choice.label} onChange={(locale, words) => {
              onChange((copy) => copy.map((other, place) => (place === index ? { ...other, label: { ...other.label, [locale]: words } } : other)), `${String(index)} ${locale}`);
            }} />
            <Button aria-label={t('conduct.editor.removeOf', { what: name })} onClick={() => { onChange((copy) => copy.filter((_choice, place) => place !== index), null); }}>×</Button>
          </div>
        );
      })}
      <Button onClick={() => { onChange((copy) => [...copy, { value: firstFree('value', (value) => copy.some((other) => other.value === value)), label: { it: '', en: '' } }], null); }}>{t('conduct.editor.addChoice')}</Button>
    </>
  );
}
