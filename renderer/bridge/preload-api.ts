/**
 * The preload's API, checked on arrival.
 *
 * Invariant: `window.premura` is touched in this folder and nowhere else; what comes out of
 * it is `unknown` until a schema has read it.
 */
import { appInfoSchema } from '../../shared/contract/page-api.ts';
import type { AppInfo, PageApi } from '../../shared/contract/page-api.ts';

export type { AppInfo, ConnectionState, RequestEnvelope } from '../../shared/contract/page-api.ts';

declare global {
  interface Window {
    premura: PageApi;
  }
}

export function readAppInfo(): AppInfo {
  return appInfoSchema.parse(window.premura.app);
}
