/**
 * The page's only way to the desk, and to the telephone in main.
 *
 * Invariant: every request is answered exactly once: by the desk, or, when the port died
 * before an answer came, by an error that says so. A new port replaces the old one whole; what
 * still comes out of an old one is not heard. The page gets functions, never the port.
 */
import './forbid-eval.ts';
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { afterRest } from '../../shared/after-rest.ts';
import type { PageApi } from '../../shared/contract/page-api.ts';
import { appInfoArgument, appInfoSchema, pageChannel } from '../main/app-info.ts';
import { createDeskLink } from './desk-link.ts';
import { createLineLink } from './line-link.ts';

const infoArgument = process.argv.find((argument) => argument.startsWith(appInfoArgument));
if (infoArgument === undefined) throw new Error('The page was opened without its app info.');

const link = createDeskLink();
ipcRenderer.on(pageChannel.port, (event) => {
  const port = event.ports[0];
  if (port !== undefined) link.attach(port);
});
ipcRenderer.on(pageChannel.deskLost, () => {
  link.detach();
});

const line = createLineLink((request) => ipcRenderer.invoke(pageChannel.lineRequest, request));
ipcRenderer.on(pageChannel.lineMessage, (_event, message: unknown) => {
  line.receive(message);
});

const api: PageApi = {
  request: link.request,
  onTopic: link.onTopic,
  onConnection: link.onConnection,
  switchTraining: (wanted) => {
    ipcRenderer.send(pageChannel.trainingWanted, wanted);
  },
  notify: (notice) => {
    ipcRenderer.send(pageChannel.notice, notice);
  },
  onNoticeOpened: (listener) => {
    const heard = (): void => { listener(); };
    ipcRenderer.on(pageChannel.noticeOpened, heard);
    return () => { ipcRenderer.off(pageChannel.noticeOpened, heard); };
  },
  line: line.page,
  app: appInfoSchema.parse(JSON.parse(infoArgument.slice(appInfoArgument.length))),
};
contextBridge.exposeInMainWorld('premura', api);
ipcRenderer.send(pageChannel.portWanted);
ipcRenderer.send(pageChannel.lineWanted);
const work = afterRest(() => { webFrame.clearCache(); });
for (const sign of ['keydown', 'pointerdown', 'wheel']) window.addEventListener(sign, work, { capture: true, passive: true });
