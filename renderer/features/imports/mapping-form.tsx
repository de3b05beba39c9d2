/** Whose file, what it holds, which day it shows; then try it. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { importContents, importContentSchema } from '../../../shared/protocol/import-columns.ts';
import { dateFormatSchema } from '../../../shared/protocol/import-protocol.ts';
import { plainDateSchema } from '../../../shared/time.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { useImport } from './import-store.ts';
import { missingFields } from './mapping.ts';

const currencies = ['EUR', 'CHF', 'USD', 'GBP'];

export function MappingForm(): ReactNode {
  const { t, format } = useWords();
  const state = useImport();
  const { preview, content, choices, file } = state;
  if (preview === null || content === null) return null;
  const missing = missingFields(choices, content);
  const ready = missing.length === 0 && state.creditor.trim() !== '' && !state.busy;
  const encoding = preview.encoding === null ? '' : ` · ${t(`imports.encoding.${preview.encoding}`)}`;
  const delimiter = preview.delimiter === null ? '' : ` · ${t(`imports.delimiter.${delimiterNames[preview.delimiter]}`)}`;
  return (
    <form className="card imports-form" aria-label={t('imports.settings')} onSubmit={(event) => { event.preventDefault(); if (ready) void state.start(true); }}>
      <div>
        <h2 className="imports-file">{file?.name}</h2>
        <p className="dim imports-kind">{t(`imports.format.${preview.format}`)} · {format.fileSize(file?.sizeBytes ?? 0)}{encoding}{delimiter}</p>
      </div>
      <CreditorField />
      <Choice
        label={t('imports.content')} value={content} options={importContents.map((value) => ({ value, label: t(`imports.contents.${value}`) }))}
        onChange={(value) => { void state.look({ content: importContentSchema.parse(value) }); }}
      />
      {preview.contentGuessed ? <p className="field-hint">{t('imports.contentGuessed')}</p> : null}
      {preview.sheets.length > 1 ? (
        <Choice
          label={t('imports.sheet')} value={state.sheet ?? ''} options={preview.sheets.map(({ name, hidden }) => ({ value: name, label: hidden ? t('imports.hiddenSheet', { name }) : name }))}
          onChange={(sheet) => { void state.look({ sheet }); }}
        />
      ) : null}
      {content === 'invoices' ? (
        <Field label={t('imports.asOf')} hint={t('imports.asOfHint')}>
          {({ id, describedBy }) => (
            <InputBase
              id={id} type="date" fullWidth value={state.asOf} inputProps={{ 'aria-describedby': describedBy }}
              onChange={(event) => {
                const asOf = plainDateSchema.safeParse(event.target.value);
                if (asOf.success) state.set({ asOf: asOf.data });
              }}
            />
          )}
        </Field>
      ) : null}
      <Choice
        label={t('imports.dates')} value={state.dateFormat ?? ''} none={t('imports.datesByFile')}
        options={dateFormatSchema.options.map((value) => ({ value, label: t(`imports.dateFormat.${value.replace(/\W/g, '')}`) }))}
        onChange={(value) => { state.set({ dateFormat: dateFormatSchema.safeParse(value).data ?? null }); }}
      />
      {content !== 'customers' ? (
        <Choice
          label={t('imports.currency')} value={state.currency} options={[...new Set([...currencies, state.currency])].map((value) => ({ value, label: value }))}
          onChange={(currency) => { state.set({ currency }); }}
        />
      ) : null}
      <Check label={t('imports.saveMapping')} checked={state.saveMapping} onChange={(saveMapping) => { state.set({ saveMapping }); }} />
      <div className="imports-actions">
        {missing.length === 0 ? null : (
          <p className="note note-warning" id="imports-missing">{t('imports.missing', { fields: missing.map((field) => (content === 'payments' && field === 'invoiceNumber' ? t('imports.customerOrInvoice') : t(`imports.fields.${field}`))).join(', ') })}</p>
        )}
        {state.creditor.trim() === '' ? <p className="note note-warning">{t('imports.creditorMissing')}</p> : null}
        <Button type="submit" className="primary" disabled={!ready}>{state.busy ? t('state.loading') : t('imports.try')}</Button>
        <p className="faint">{t('imports.tryNote')}</p>
        <Button className="quiet" onClick={() => { void state.cancel(); }}>{t('imports.otherFile')}</Button>
      </div>
    </form>
  );
}

const delimiterNames = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'pipe' } as const;

/** Known creditors are offered; another name makes a new one, and that is said. */
function CreditorField(): ReactNode {
  const { t } = useWords();
  const { creditor, content, setCreditor, look, preview } = useImport();
  const known = useQuery('list-import-creditors', {}).data?.creditors ?? [];
  const name = creditor.trim();
  const match = known.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  const hint = name === '' ? t('imports.creditorHint') : match === undefined ? (content === 'payments' ? t('imports.creditorUnknown') : t('imports.creditorNew', { name })) : preview?.hasSavedMapping === true ? t('imports.creditorSaved') : t('imports.creditorKnown', { count: match.cases });
  return (
    <Field label={t('imports.creditor')} hint={hint}>
      {({ id, describedBy }) => (
        <>
          <InputBase
            id={id} fullWidth autoFocus value={creditor} inputProps={{ list: 'imports-creditors', maxLength: 200, autoComplete: 'off', 'aria-describedby': describedBy }}
            onChange={(event) => { setCreditor(event.target.value); }}
            onBlur={() => { void look(); }}
          />
          <datalist id="imports-creditors">{known.map((entry) => <option key={entry.creditorId} value={entry.name} />)}</datalist>
        </>
      )}
    </Field>
  );
}
