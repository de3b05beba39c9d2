/**
 * The sentences of the importer's errors, for the command line and the import screen.
 *
 * Invariant: each says what was found and what to do next.
 */
import type { AppError } from '../../shared/result.ts';

/** A whole sentence for an error of the importer, in Italian or English; null when it is not the importer's. */
export function describeImportError(error: AppError, language: 'it' | 'en'): string | null {
  const text = (name: string): string => String(error.details[name] ?? '');
  const pick = (it: string, en: string): string => (language === 'it' ? it : en);
  switch (error.code) {
    case 'import-file-empty':
      return pick('Il file è vuoto.', 'The file is empty.');
    case 'import-file-unreadable':
      return pick(`Il file non si può leggere: ${text('reason')}.`, `The file cannot be read: ${text('reason')}.`);
    case 'import-not-text':
      return pick(
        'Il file non è un CSV né un .xlsx (forse un PDF o un altro formato): salvarlo come .xlsx o CSV e riprovare.',
        'The file is neither CSV nor .xlsx (perhaps a PDF or another format): save it as .xlsx or CSV and try again.',
      );
    case 'import-workbook-damaged':
      return pick(
        'La cartella di lavoro è danneggiata: aprirla con il foglio di calcolo, salvarla di nuovo come .xlsx e riprovare.',
        'The workbook is damaged: open it in the spreadsheet, save it again as .xlsx and try again.',
      );
    case 'import-workbook-too-large':
      return pick(
        'La cartella di lavoro, una volta aperta, è troppo grande: dividerla in più file.',
        'The workbook is too large once it is unpacked: split it into several files.',
      );
    case 'import-workbook-locked':
      return pick(
        'La cartella di lavoro è protetta da una password: salvarla senza password e riprovare.',
        'The workbook is protected by a password: save it without one and try again.',
      );
    case 'import-workbook-old':
      return pick(
        'È un formato di Excel che non si può leggere (.xls o .xlsb): salvarlo come .xlsx o CSV e riprovare.',
        'This is a format of Excel that cannot be read (.xls or .xlsb): save it as .xlsx or CSV and try again.',
      );
    case 'import-sheet-unknown':
      return pick(
        `Il foglio «${text('sheet')}» non c’è. Fogli trovati: ${text('sheets')}.`,
        `There is no sheet “${text('sheet')}”. Sheets found: ${text('sheets')}.`,
      );
    case 'import-column-twice':
      return pick(
        `La colonna «${text('column')}» (${text('field')}) è indicata due volte, o il campo ne ammette una sola.`,
        `The column “${text('column')}” (${text('field')}) is named twice, or the field takes one column only.`,
      );
    case 'import-column-missing':
      return pick(
        `Manca la colonna «${text('label')}» (${text('field')}). Colonne trovate: ${text('headers')}. Indicare quale usare, per esempio: ${text('example')}`,
        `The column for ${text('field')} is missing. Columns found: ${text('headers')}. Say which one to use, for example: ${text('example')}`,
      );
    case 'import-column-ambiguous':
      return pick(
        `Più colonne possono essere «${text('label')}» (${text('field')}): ${text('columns')}. Scegliere quale, per esempio: ${text('example')}`,
        `Several columns could be ${text('field')}: ${text('columns')}. Choose one, for example: ${text('example')}`,
      );
    case 'import-map-invalid':
      return pick(
        `«${text('part')}» non è una coppia campo=Colonna. Campi: ${text('fields')}.`,
        `“${text('part')}” is not a pair field=Column. Fields: ${text('fields')}.`,
      );
    case 'import-map-unknown-column':
      return pick(
        `La colonna «${text('column')}» indicata per ${text('field')} non c’è. Colonne trovate: ${text('headers')}.`,
        `The column “${text('column')}” given for ${text('field')} is not there. Columns found: ${text('headers')}.`,
      );
    case 'import-date-format-unknown':
      return pick(
        `Il formato di data «${text('format')}» non è chiaro: usare per esempio DD/MM/YYYY, M/D/YYYY o YYYY-MM-DD.`,
        `The date format “${text('format')}” is not clear: use for example DD/MM/YYYY, M/D/YYYY or YYYY-MM-DD.`,
      );
    case 'import-dates-mixed':
      return pick(
        `Il file mescola date con il giorno prima (${text('dayFirst')}) e con il mese prima (${text('monthFirst')}): indicare --date-format DD/MM/YYYY o --date-format M/D/YYYY.`,
        `The file mixes dates with the day first (${text('dayFirst')}) and the month first (${text('monthFirst')}): give --date-format DD/MM/YYYY or --date-format M/D/YYYY.`,
      );
    case 'import-currency-unknown':
      return pick(
        `«${text('currency')}» non è una valuta con due decimali nota.`,
        `“${text('currency')}” is not a known currency with two decimals.`,
      );
    case 'import-creditor-unknown':
      return pick(
        `Nessun committente si chiama «${text('creditor')}»: un elenco di pagamenti presuppone le sue fatture.`,
        `No creditor is called “${text('creditor')}”: a paid list needs its invoices first.`,
      );
    default:
      return null;
  }
}
