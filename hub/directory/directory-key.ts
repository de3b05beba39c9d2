/**
 * What the directory is hashed with: derived from the hub's key, which stands beside the database and never in it (ADR 0018, 0026).
 *
 * Invariant: another hub, or a hub whose key was lost and made anew, hashes otherwise; `tag` tells the two apart and tells nothing of the key.
 */
import { createHmac } from 'node:crypto';
import { REACH_HASH_BYTES } from '../../shared/directory/reach.ts';

export interface DirectoryKey { key: Buffer; tag: string }

export function directoryKeyOf(hubKey: Buffer): DirectoryKey {
  const key = createHmac('sha256', hubKey).update('directory').digest();
  return { key, tag: createHmac('sha256', key).update('tag').digest('hex').slice(0, 16) };
}

/** As the page carries it. */
export function hashReach({ key }: Pick<DirectoryKey, 'key'>, reach: string): string {
  return createHmac('sha256', key).update(reach).digest('hex').slice(0, REACH_HASH_BYTES * 2);
}
