/** A text in a table or beside its twin in the other language: its label is read aloud, its error stands under it. */
import InputBase from '@mui/material/InputBase';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';

interface Props {
  label: string;
  value: string;
  error?: string | null;
  lines?: number;
  type?: 'text' | 'date';
  maxLength?: number;
  placeholder?: string;
  /** Set where the words are of one language. */
  lang?: string;
  onChange: (text: string) => void;
}

export function TextInput({ label, value, error = null, lines = 1, type = 'text', maxLength = 2000, placeholder = '', lang, onChange }: Props): ReactNode {
  const id = useId();
  return (
    <div className="text-input">
      <InputBase
        id={id} fullWidth type={type} value={value} placeholder={placeholder} error={error !== null}
        {...(lines > 1 ? { multiline: true, minRows: lines, maxRows: 12 } : {})}
        inputProps={{ 'aria-label': label, 'aria-invalid': error !== null, 'aria-describedby': error === null ? undefined : `${id}-note`, autoComplete: 'off', maxLength, lang }}
        onChange={(event) => { onChange(event.target.value); }}
      />
      {error === null ? null : <p id={`${id}-note`} className="field-error" role="alert">{error}</p>}
    </div>
  );
}

/** The same words in both languages, side by side. */
export function BothLanguages({ label, text, lines = 1, onChange }: {
  label: string; text: { it: string; en: string }; lines?: number; onChange: (locale: 'it' | 'en', words: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="both-languages" role="group" aria-label={label}>
      <span className="caption" aria-hidden="true">{label} <span className="language">{t('conduct.language.it')}</span></span>
      <span className="caption" aria-hidden="true"><span className="language">{t('conduct.language.en')}</span></span>
      {(['it', 'en'] as const).map((locale) => (
        <TextInput key={locale} label={t('conduct.inLanguage', { what: label, language: t(`conduct.language.${locale}`) })} lang={locale} lines={lines} value={text[locale]} onChange={(words) => { onChange(locale, words); }} />
      ))}
    </div>
  );
}

/** A name of which only a good one is taken: what is typed stays in the field until it is. */
export function NameInput({ label, value, pattern, problem, onChange }: { label: string; value: string; pattern: RegExp; problem: string; onChange: (name: string) => void }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  return (
    <div onBlur={() => { if (pattern.test(text)) setTyped(null); }}>
      <TextInput
        label={label} value={text} maxLength={80} error={pattern.test(text) ? null : problem}
        onChange={(name) => {
          setTyped(name);
          if (pattern.test(name)) onChange(name);
        }}
      />
    </div>
  );
}

/** A short list to choose from, its label read aloud. */
export function Pick<Value extends string>({ label, value, options, none, onChange }: {
  label: string; value: Value | ''; options: readonly { value: Value; label: string }[]; none?: string; onChange: (value: Value | null) => void;
}): ReactNode {
  return (
    <select className="pick" aria-label={label} value={value} onChange={(event) => { onChange(options.find((option) => option.value === event.target.value)?.value ?? null); }}>
      {none === undefined ? null : <option value="">{none}</option>}
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}
