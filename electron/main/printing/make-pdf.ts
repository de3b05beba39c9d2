/**
 * Makes PDFs in a hidden window.
 *
 * Invariants: the page is sandboxed, runs no script, has no preload, a session of its own in memory, and reaches neither network nor disk: it is answered its
 * own file, its style and its fonts, nothing else. One document at a time, a fresh window for each, closed whatever happens.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BrowserWindow, session } from 'electron';
import type { Session } from 'electron';
import type { PrintPage } from '../../../shared/documents/print-page.ts';
import { contentTypes, fileOfUrl, scheme } from '../app-origin.ts';
import { fillPrintPage, footerTemplate, printPolicy, printUrl } from './print-page-address.ts';

/** Not kept on the disk. */
const PARTITION = 'premura-print';
const GIVE_UP_AFTER_MS = 30_000;
const INCHES_PER_MM = 1 / 25.4;
const servedKinds = new Set(['.css', '.woff2']);

export interface PdfMaker {
  /** The PDF, A4 and tagged. Rejects where the engine failed or took too long. */
  make(page: PrintPage): Promise<Uint8Array<ArrayBuffer>>;
}

/** @param rendererDirectory the built pages */
export function createPdfMaker(rendererDirectory: string): PdfMaker {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    make: (page) => {
      const made = turn.then(() => print(rendererDirectory, page));
      // The next document is printed whatever became of this one; who asked for it is told.
      turn = made.catch(() => null);
      return made;
    },
  };
}

async function print(rendererDirectory: string, page: PrintPage): Promise<Uint8Array<ArrayBuffer>> {
  const own = session.fromPartition(PARTITION, { cache: false });
  closeOff(own);
  // A PDF names what made it.
  own.setUserAgent('Premura');
  await serveDocument(own, rendererDirectory, page);
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: {
      session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, webviewTag: false, spellcheck: false, backgroundThrottling: false,
    },
  });
  const timer = setTimeout(() => { window.destroy(); }, GIVE_UP_AFTER_MS);
  const failed = new Promise<never>((_resolve, reject) => {
    window.once('closed', () => { reject(new Error('the print page was closed before it was printed')); });
    window.webContents.once('render-process-gone', (_event, { reason }) => { reject(new Error(`the print page is gone (${reason})`)); });
  });
  try {
    return new Uint8Array(await Promise.race([failed, paint(window, footerTemplate(page))]));
  } finally {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.destroy();
  }
}

async function paint(window: BrowserWindow, footer: string): Promise<Buffer> {
  await window.loadURL(printUrl);
  return window.webContents.printToPDF({
    pageSize: 'A4', printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true,
    displayHeaderFooter: true, headerTemplate: '<span></span>', footerTemplate: footer,
    margins: { top: 15 * INCHES_PER_MM, bottom: 18 * INCHES_PER_MM, left: 18 * INCHES_PER_MM, right: 18 * INCHES_PER_MM },
  });
}

/** No permission, no device, no address but ours. */
function closeOff(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => { answer(false); });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest(({ url }, answer) => { answer({ cancel: !url.startsWith(`${scheme}:`) && !url.startsWith('data:') }); });
}

async function serveDocument(own: Session, rendererDirectory: string, page: PrintPage): Promise<void> {
  const document = fillPrintPage(await readFile(path.join(rendererDirectory, 'print', 'index.html'), 'utf8'), page);
  if (own.protocol.isProtocolHandled(scheme)) own.protocol.unhandle(scheme);
  own.protocol.handle(scheme, async ({ url }) => {
    if (url === printUrl) return new Response(document, { headers: { 'content-type': contentTypes['.html'] ?? '', 'content-security-policy': printPolicy, 'cache-control': 'no-store' } });
    const file = fileOfUrl(path.join(rendererDirectory), url);
    const kind = file === null ? '' : path.extname(file);
    if (file === null || !servedKinds.has(kind) || !new URL(url).pathname.startsWith('/print/')) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(await readFile(file)), { headers: { 'content-type': contentTypes[kind] ?? '', 'x-content-type-options': 'nosniff' } });
  });
}
