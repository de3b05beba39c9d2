/** Paragraphs to say, each with its condition. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { compileCondition } from '../../../shared/script/script-condition.ts';
import type { ScriptParagraph } from '../../../shared/script/script-pack.ts';
import { moved } from './edit-script.ts';
import { BothLanguages, Pick, TextInput } from './text-input.tsx';

interface Props { say: readonly ScriptParagraph[]; onChange: (how: (say: ScriptParagraph[]) => void, field: string | null) => void }

export function SayList({ say, onChange }: Props): ReactNode {
  const { t } = useWords();
  const at = (index: number, how: (paragraph: ScriptParagraph) => void, field: string | null): void => {
    onChange((copy) => {
      const paragraph = copy[index];
      if (paragraph !== undefined) how(paragraph);
    }, field === null ? null : `${String(index)} ${field}`);
  };
  return (
    <section className="unit-part" aria-label={t('conduct.editor.say')}>
      <h4>{t('conduct.editor.say')}</h4>
      {say.map((paragraph, index) => (
        <div className="unit-entry" key={String(index)} role="group" aria-label={t('conduct.editor.paragraph', { number: index + 1 })}>
          <BothLanguages label={t('conduct.editor.paragraph', { number: index + 1 })} lines={2} text={paragraph} onChange={(locale, words) => { at(index, (copy) => { copy[locale] = words; }, locale); }} />
          <div className="unit-row">
            <WhenInput value={paragraph.when} onChange={(when) => { at(index, (copy) => { if (when === undefined) delete copy.when; else copy.when = when; }, 'when'); }} />
            <Pick
              label={t('conduct.editor.each')} value={paragraph.each ?? ''} none={t('conduct.editor.eachNone')}
              options={(['overdue', 'upcoming'] as const).map((each) => ({ value: each, label: t(`conduct.each.${each}`) }))}
              onChange={(each) => { at(index, (copy) => { if (each === null) delete copy.each; else copy.each = each; }, null); }}
            />
            <Button aria-label={t('conduct.editor.upOf', { what: t('conduct.editor.paragraph', { number: index + 1 }) })} disabled={index === 0} onClick={() => { onChange((copy) => { copy.splice(0, copy.length, ...moved(copy, index, -1)); }, null); }}>↑</Button>
            <Button aria-label={t('conduct.editor.removeOf', { what: t('conduct.editor.paragraph', { number: index + 1 }) })} onClick={() => { onChange((copy) => { copy.splice(index, 1); }, null); }}>×</Button>
          </div>
        </div>
      ))}
      <Button onClick={() => { onChange((copy) => { copy.push({ it: '', en: '' }); }, null); }}>{t('conduct.editor.addParagraph')}</Button>
    </section>
  );
}

/** A condition, judged while it is typed; empty = always. */
export function WhenInput({ value, onChange }: { value: string | undefined; onChange: (when: string | undefined) => void }): ReactNode {
  const { t } = useWords();
  const compiled = value === undefined ? null : compileCondition(value);
  return (
    <TextInput
      label={t('conduct.editor.when')} placeholder={t('conduct.editor.whenHint')} maxLength={500} value={value ?? ''}
      error={compiled === null || compiled.ok ? null : t(`conduct.condition.${compiled.code}`, { detail: compiled.detail })}
      onChange={(text) => { onChange(text === '' ? undefined : text); }}
    />
  );
}
