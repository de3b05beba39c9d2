/** What the list is narrowed to: beside the list, never over it; what is typed acts at once. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import NativeSelect from '@mui/material/NativeSelect';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { debtorKinds, debtorKindSchema, tones, toneSchema } from '../../../shared/case/case-entity.ts';
import { worklistWhys, worklistWhySchema } from '../../../shared/contract/worklist-filter.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { focusList } from './focus-list.ts';
import { SaveView } from './save-view.tsx';
import { countFilters, useWorklist } from './worklist-store.ts';

export function WorklistFilters(): ReactNode {
  const { t } = useWords();
  const { filter, filterGeneration, changeFilter, clearFilter } = useWorklist();
  const yesNo = [{ value: 'yes', label: t('filter.yes') }, { value: 'no', label: t('filter.no') }];
  const flagOf = (value: string): boolean | null => (value === '' ? null : value === 'yes');
  const valueOf = (flag: boolean | null): string => (flag === null ? '' : flag ? 'yes' : 'no');
  return (
    <section className="filters-panel" aria-label={t('filter.title')} key={filterGeneration}>
      <Field label={t('filter.text')} stacked>
        {({ id }) => (
          <InputBase
            id={id} fullWidth autoFocus={countFilters(filter) === 0} value={filter.text} placeholder={t('filter.textHow')}
            inputProps={{ maxLength: 200, autoComplete: 'off', spellCheck: false }} onChange={(event) => { changeFilter({ text: event.target.value }); }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              focusList();
            }}
          />
        )}
      </Field>
      <Select
        label={t('filter.why')} value={filter.why ?? ''} options={worklistWhys.map((value) => ({ value, label: t(`why.${value}`) }))}
        onChange={(value) => { changeFilter({ why: value === '' ? null : worklistWhySchema.parse(value) }); }}
      />
      <Select
        label={t('filter.tone')} value={filter.tone ?? ''} options={tones.map((value) => ({ value, label: t(`tone.${value}`) }))}
        onChange={(value) => { changeFilter({ tone: value === '' ? null : toneSchema.parse(value) }); }}
      />
      <Select
        label={t('filter.kind')} value={filter.kind ?? ''} options={debtorKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(value) => { changeFilter({ kind: value === '' ? null : debtorKindSchema.parse(value) }); }}
      />
      <AmountField label={t('filter.amountFrom')} cents={filter.amountFromCents} onChange={(amountFromCents) => { changeFilter({ amountFromCents }); }} />
      <AmountField label={t('filter.amountTo')} cents={filter.amountToCents} onChange={(amountToCents) => { changeFilter({ amountToCents }); }} />
      <DaysField label={t('filter.daysFrom')} days={filter.daysLateFrom} onChange={(daysLateFrom) => { changeFilter({ daysLateFrom }); }} />
      <DaysField label={t('filter.daysTo')} days={filter.daysLateTo} onChange={(daysLateTo) => { changeFilter({ daysLateTo }); }} />
      <Select label={t('filter.disputed')} value={valueOf(filter.disputed)} options={yesNo} onChange={(value) => { changeFilter({ disputed: flagOf(value) }); }} />
      <Select label={t('filter.hasDraft')} value={valueOf(filter.hasDraft)} options={yesNo} onChange={(value) => { changeFilter({ hasDraft: flagOf(value) }); }} />
      <div className="filters-actions">
        <Button disabled={countFilters(filter) === 0} onClick={clearFilter}>{t('filter.clear')}</Button>
        <SaveView />
      </div>
    </section>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps): ReactNode {
  const { t } = useWords();
  return (
    <Field label={label} stacked>
      {({ id }) => (
        <NativeSelect fullWidth disableUnderline value={value} inputProps={{ id }} onChange={(event) => { onChange(event.target.value); }}>
          <option value="">{t('filter.any')}</option>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </NativeSelect>
      )}
    </Field>
  );
}

/** An amount as typed; the desk reads it, and only what it understood narrows the list. */
function AmountField({ label, cents, onChange }: { label: string; cents: number | null; onChange: (cents: number | null) => void }): ReactNode {
  const { t, locale, format } = useWords();
  const [text, setText] = useState(() => (cents === null ? '' : format.money(cents, 'EUR')));
  const asked = text.trim();
  const answer = useQuery('read-typed-entry', asked === '' ? null : { kind: 'money', text: asked, locale });
  const read = asked === '' ? null : answer.data?.kind === 'money' ? answer.data.amountCents : undefined;
  useEffect(() => {
    if (read !== undefined && read !== cents) onChange(read);
  }, [read, cents, onChange]);
  return (
    <Field label={label} error={asked === '' || answer.error === null ? null : errorSentence(answer.error, t, format)} stacked>
      {({ id, describedBy, invalid }) => (
        <InputBase
          id={id} fullWidth value={text} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', maxLength: 40 }}
          onChange={(event) => { setText(event.target.value); }}
        />
      )}
    </Field>
  );
}

function DaysField({ label, days, onChange }: { label: string; days: number | null; onChange: (days: number | null) => void }): ReactNode {
  const { t } = useWords();
  const [text, setText] = useState(days === null ? '' : String(days));
  const isWrong = text.trim() !== '' && !isDays(text);
  return (
    <Field label={label} error={isWrong ? t('filter.daysWrong') : null} stacked>
      {({ id, describedBy, invalid }) => (
        <InputBase
          id={id} fullWidth value={text} error={invalid} placeholder={t('filter.daysHow')}
          inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, inputMode: 'numeric', autoComplete: 'off', maxLength: 6 }}
          onChange={(event) => {
            const typed = event.target.value;
            setText(typed);
            if (typed.trim() === '') onChange(null);
            else if (isDays(typed)) onChange(Number(typed));
          }}
        />
      )}
    </Field>
  );
}

/** Whole days; negative = still to go. */
function isDays(text: string): boolean {
  return /^\s*-?\d{1,4}\s*$/.test(text);
}
