/**
 * Lines on the desktop, for whoever works in another window just now.
 *
 * Invariants: only the page of ours asks; nothing is shown while its window is in front; one line at a time, the newest; a click brings the window.
 */
import type { BrowserWindow, WebFrameMain } from 'electron';
import { Notification } from 'electron';
import { desktopNoticeSchema } from '../../shared/contract/page-api.ts';
import { pageChannel } from './app-info.ts';

export function showNotices(window: BrowserWindow, trustedFrame: () => WebFrameMain | null, log: (line: string) => void): void {
  let shown: Notification | null = null;
  window.webContents.ipc.on(pageChannel.notice, ({ senderFrame }, notice: unknown) => {
    const parsed = desktopNoticeSchema.safeParse(notice);
    if (!parsed.success || senderFrame === null || senderFrame !== trustedFrame()) {
      log('A notice for the desktop was not one, or came from a frame that is not trusted; it was not shown.');
      return;
    }
    if (window.isFocused() || !Notification.isSupported()) return;
    shown?.close();
    shown = new Notification({ title: parsed.data.title, body: parsed.data.text, silent: true });
    shown.on('click', () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      trustedFrame()?.send(pageChannel.noticeOpened);
    });
    shown.show();
  });
  window.on('focus', () => {
    shown?.close();
    shown = null;
  });
  window.on('closed', () => { shown?.close(); });
}
