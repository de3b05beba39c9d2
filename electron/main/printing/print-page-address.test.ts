import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { PrintPage } from '../../../shared/documents/print-page.ts';
import { fillPrintPage, footerTemplate, printPolicy } from './print-page-address.ts';

const template = readFileSync(new URL('../../../renderer/print/index.html', import.meta.url), 'utf8');
const page: PrintPage = { language: 'en', title: 'A <b> & $& __TITLE__', bodyHtml: '<p>$1 <!--document--></p>', footer: '<i>x</i>', pageOf: { before: 'Page', between: 'of' } };

it('has one place each for language, title and document; what is put there is put nowhere else', () => {
  const text = fillPrintPage(template, page);
  expect(text).toContain('<html lang="en">');
  expect(text).toContain('<title>A &lt;b&gt; &amp; $&amp; __TITLE__</title>');
  expect(text.match(/<p>\$1 <!--document--><\/p>/g)).toHaveLength(1);
  expect(() => fillPrintPage('<html lang="__LANGUAGE__"></html>', page)).toThrow(/1 of its 3/);
});

it('may run nothing and fetch nothing', () => {
  expect(template).not.toMatch(/<script|https?:/);
  expect(printPolicy).toContain("default-src 'none'");
  expect(printPolicy).not.toMatch(/script-src|connect-src|unsafe|https?:/);
});

it('has a foot without markup of the document’s', () => {
  expect(footerTemplate(page)).toContain('&lt;i&gt;x&lt;/i&gt;');
});
