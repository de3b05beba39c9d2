import { expect, it } from 'vitest';
import type { DeskConfig, DeskToMain } from '../../../shared/contract/host-protocol.ts';
import { deskToMainSchema, mainToDeskSchema } from '../../../shared/contract/host-protocol.ts';
import { buildAgreement } from '../../../shared/documents/build-agreement.ts';
import { exampleAgreement } from '../../../shared/documents/example-agreement.ts';
import { renderDocument } from '../../../shared/documents/render-document.ts';
import type { CaseId, CommandId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { printFromSource } from '../commands/print-from-source.ts';
import type { Session } from '../session.ts';
import { MainPrinter, noPrinter } from './printer.ts';

const built = buildAgreement(exampleAgreement);
if (!built.ok) throw new Error(built.error.code);
const document = built.value;
const page = renderDocument(document);

it('asks main, and each page gets its own answer, in whatever order they come', async () => {
  const asked: DeskToMain[] = [];
  const printer = new MainPrinter((message) => asked.push(deskToMainSchema.parse(structuredClone(message))));
  const [first, second, third] = [printer.print(page), printer.print({ ...page, title: 'second' }), printer.print({ ...page, title: 'third' })];
  const requests = asked.map((message) => (message.type === 'print-request' ? message : null));
  expect(requests.map((request) => request?.page.title)).toEqual([page.title, 'second', 'third']);
  for (const [index, pdf] of [[2, new Uint8Array([3])], [0, new Uint8Array([1])], [1, null]] as const) {
    const reply = mainToDeskSchema.parse({ type: 'print-reply', requestId: requests[index]?.requestId, pdf });
    if (reply.type === 'print-reply') printer.receive(reply);
  }
  expect(await first).toEqual({ ok: true, value: new Uint8Array([1]) });
  expect(await second).toMatchObject({ ok: false, error: { code: 'print-failed', retryable: true } });
  expect(await third).toEqual({ ok: true, value: new Uint8Array([3]) });
  printer.receive({ requestId: 'of nobody', pdf: null });
  expect(await noPrinter.print(page)).toMatchObject({ ok: false, error: { code: 'print-failed' } });
});

it('prints what a page hands over in a test build only', async () => {
  const desk = { printer: noPrinter, config: { testRuntime: false } as DeskConfig };
  const session = { book: { get: () => { throw new Error('nothing is looked up'); } } } as unknown as Session;
  const input = { commandId: newId<CommandId>(), caseId: newId<CaseId>(), source: { from: 'given' as const, document }, basedOn: { caseRevision: 0, scriptVersion: null } };
  expect(await printFromSource(desk, session, input)).toMatchObject({ ok: false, error: { code: 'print-source-refused' } });
});
