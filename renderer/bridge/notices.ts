/** Lines on the desktop while another window is in front; only this folder touches the preload's API. */
import type { DesktopNotice } from '../../shared/contract/page-api.ts';

export function notifyDesktop(notice: DesktopNotice): void {
  window.premura.notify(notice);
}

/** The line was clicked. Answers how to stop listening. */
export function onNoticeOpened(listener: () => void): () => void {
  return window.premura.onNoticeOpened(listener);
}
