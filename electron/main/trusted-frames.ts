/**
 * Who may be handed a port to the desk.
 *
 * Invariant: fails closed. A sender is trusted only when it is the main frame of a window we
 * opened ourselves, at our exact origin, in the role asked for; anything unknown is a stranger.
 */
import { appOrigin } from './app-origin.ts';

export type WindowRole = 'app';

/** What is known about the frame that sent a message; null where Electron knows nothing. */
export interface SenderFrame {
  windowId: number;
  isMainFrame: boolean;
  url: string | null;
}

export interface TrustedFrames {
  /** Remembers a window that we opened. */
  add(windowId: number, role: WindowRole): void;
  remove(windowId: number): void;
  isTrusted(sender: SenderFrame, role: WindowRole): boolean;
}

/** An empty register: trusts nobody until a window is added. */
export function createTrustedFrames(): TrustedFrames {
  const roles = new Map<number, WindowRole>();
  return {
    add: (windowId, role) => {
      roles.set(windowId, role);
    },
    remove: (windowId) => {
      roles.delete(windowId);
    },
    isTrusted: (sender, role) =>
      sender.isMainFrame && roles.get(sender.windowId) === role && sender.url !== null && isAppUrl(sender.url),
  };
}

/** True for a page of ours. Custom schemes have an opaque `origin` in Node, so the parts are compared. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    `${url.protocol}//${url.host}` === appOrigin && url.username === '' && url.password === '' && url.port === ''
  );
}
