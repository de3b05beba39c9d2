/** The first rows as they stand in the file; above each column, what it is read as and who says so. */
import NativeSelect from '@mui/material/NativeSelect';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { importFields, importFieldsOf, requiredImportFields } from '../../../shared/protocol/import-columns.ts';
import { useImport } from './import-store.ts';
import type { ColumnChoice } from './mapping.ts';

export function ColumnTable(): ReactNode {
  const { t } = useWords();
  const { preview, content, choices, chooseColumn } = useImport();
  if (preview === null || content === null) return null;
  const fields = importFieldsOf(content);
  const required = requiredImportFields[content];
  const source = (choice: ColumnChoice): string =>
    choice.from === 'hand' ? t('imports.from.hand') : choice.field === null || choice.from === null ? t('imports.from.none') : t(`imports.from.${choice.from}`);
  return (
    <section className="card columns" aria-labelledby="columns-title">
      <header>
        <h2 id="columns-title">{t('imports.columns')}</h2>
        <p className="dim">{t('imports.columnsText', { count: preview.rows.length, line: preview.headerLine })}</p>
      </header>
      <div className="columns-scroll" tabIndex={0} role="group" aria-label={t('imports.columns')}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="columns-line">{t('imports.line')}</th>
              {choices.map((choice) => (
                <th scope="col" key={choice.column} className={choice.field === null ? 'column-unread' : ''}>
                  <span className="column-name" title={choice.column}>{choice.column}</span>
                  <NativeSelect
                    fullWidth disableUnderline value={choice.field ?? ''} inputProps={{ 'aria-label': t('imports.fieldOf', { column: choice.column }) }}
                    onChange={(event) => { chooseColumn(choice.column, importFields.find((field) => field === event.target.value) ?? null); }}
                  >
                    <option value="">{t('imports.notRead')}</option>
                    {fields.map((field) => <option key={field} value={field}>{t(`imports.fields.${field}`)}{required.includes(field) ? ' *' : ''}</option>)}
                  </NativeSelect>
                  <span className="column-from">{source(choice)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.line}>
                <td className="columns-line">{row.line}</td>
                {choices.map((choice, index) => <td key={choice.column} className={choice.field === null ? 'column-unread' : ''}>{row.cells[index] ?? ''}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
