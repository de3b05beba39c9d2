/** Parts that documents have in common: letterhead, addressee, dates, tables of figures. */
import type { PlainDate } from '../time.ts';
import { instantOf } from '../time.ts';
import type { Html, HtmlPart } from './html.ts';
import { html } from './html.ts';
import type { Addressee, DocumentLanguage, Letterhead } from './letterhead.ts';

/** "10 dicembre 2026", "1º gennaio 2027"; "10 December 2026". */
export function printDate(date: PlainDate, language: DocumentLanguage): string {
  return dateFormats[language].format(instantOf(date, '12:00', 'UTC')).replace(/^1 /, language === 'it' ? '1º ' : '1 ');
}

const dateFormat = (locale: string): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const dateFormats: Record<DocumentLanguage, Intl.DateTimeFormat> = { it: dateFormat('it-IT'), en: dateFormat('en-GB') };

/** Logo, name and address on the left; how to reach the creditor on the right. */
export function renderLetterhead({ name, address, taxCode, contact, logo }: Letterhead, taxCodeLabel: string): Html {
  return html`<header class="letterhead">
<div class="sender">${logo === null ? null : html`<img class="logo" src="data:${logo.mediaType};base64,${logo.base64}" alt="">`}
<p class="sender-name">${name}</p>
<p class="small">${lines([...address, ...(taxCode === null ? [] : [`${taxCodeLabel} ${taxCode}`])])}</p></div>
<p class="small contact">${lines(contact)}</p>
</header>
`;
}

/** Where a window envelope shows it. */
export function renderAddressee({ name, address, taxCode, code }: Addressee, labels: { taxCode: string; code: string }): Html {
  return html`<address class="addressee">
<p class="addressee-name">${name}</p>
<p>${lines(address)}</p>
<p class="small">${lines([...(taxCode === null ? [] : [`${labels.taxCode} ${taxCode}`]), ...(code === null ? [] : [`${labels.code} ${code}`])])}</p>
</address>
`;
}

/** A line each. */
export function lines(texts: readonly string[]): HtmlPart {
  return texts.flatMap((text, index) => (index === 0 ? [text] : [html`<br>`, text]));
}

export interface Column {
  title: string;
  kind: 'text' | 'figure';
}

/** A table whose head stands on each page that it reaches; `foot` is its last row. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly HtmlPart[])[], foot: readonly HtmlPart[] | null): Html {
  const cell = (part: HtmlPart, index: number): Html => (index === 0 ? html`<th scope="row" class="${kindOf(index)}">${part}</th>` : html`<td class="${kindOf(index)}">${part}</td>`);
  const kindOf = (index: number): string => columns[index]?.kind ?? 'text';
  return html`<table>
<thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>
`)}${foot === null ? null : html`<tr class="total">${foot.map(cell)}</tr>
`}</tbody>
</table>
`;
}

/** Labels with their values. */
export function renderPairs(pairs: readonly (readonly [label: string, value: HtmlPart])[]): Html {
  return html`<dl>${pairs.map(([label, value]) => html`<div><dt>${label}</dt> <dd>${value}</dd></div>
`)}</dl>
`;
}
