/**
 * How the line to the hub stands, in the words of somebody who can do something about it.
 *
 * Invariant: a hub that answers and refuses is never called "no network"; the state stays while the desk tries again.
 */
import type { QueryOutput } from '../../shared/contract/contract.ts';

export const lineStates = ['online', 'connecting', 'offline', 'signIn', 'update', 'trouble'] as const;
export type LineState = (typeof lineStates)[number];

type Sync = Pick<QueryOutput<'show-sync'>, 'network' | 'problem'>;

export function lineState(sync: Sync | null): LineState {
  if (sync === null) return 'connecting';
  if (sync.network === 'online') return 'online';
  switch (sync.problem?.code) {
    case 'not-authorised':
    case 'sign-in-again':
      return 'signIn';
    case 'update-needed':
      return 'update';
    case 'hub-refused':
    case 'disk-full':
    case 'disk-read-only':
    case 'disk-failing':
      return 'trouble';
    default:
      return sync.network;
  }
}

/** The sentence for the foot of the window; null when there is nothing to say. */
export function lineSentenceKey(sync: Sync | null): string | null {
  switch (lineState(sync)) {
    case 'online':
      return sync?.problem?.code === 'update-advised' ? 'error.updateAdvised' : null;
    case 'connecting':
      return null;
    case 'offline':
      return 'status.offline';
    case 'signIn':
      return 'error.signInAgain';
    case 'update':
      return 'error.updateNeeded';
    case 'trouble':
      return sync?.problem?.code === 'hub-refused' ? 'error.hubRefused' : 'status.diskStopsFeed';
  }
}
