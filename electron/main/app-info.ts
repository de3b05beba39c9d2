/**
 * What a page may know about the app around it, and the names of the messages that bring it a port.
 *
 * Invariant: it travels as an argument of the page's process, so it is there before the first
 * line of the page runs; it holds no secret.
 */
export { appInfoSchema } from '../../shared/contract/page-api.ts';
export type { AppInfo } from '../../shared/contract/page-api.ts';

export const appInfoArgument = '--premura-app-info=';

export const pageChannel = {
  /** Page → main: wants a port to the desk. */
  portWanted: 'premura:port-wanted',
  /** Page → main: wants to go to the training (true) or back to work (false). */
  trainingWanted: 'premura:training-wanted',
  /** Page → main: how does the line stand? */
  lineWanted: 'premura:line-wanted',
  /** Page → main, answered by a Result: a request of `lineRequests`. */
  lineRequest: 'premura:line-request',
  /** Page → main: a `DesktopNotice`. */
  notice: 'premura:notice',
  /** Main → page: the notice was clicked. */
  noticeOpened: 'premura:notice-opened',
  /** Main → page: what happens on the line. */
  lineMessage: 'premura:line-message',
  /** Main → page: here is one, instead of any earlier one. */
  port: 'premura:port',
  /** Main → page: the desk is gone; a port will follow. */
  deskLost: 'premura:desk-lost',
} as const;
