import { truncateSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { makeKeyring, newStoreKey, openWithPassword, openWithRecovery, readKeyring, writeKeyring } from './keyring.ts';

it('opens by the password and by the recovery key, by nothing else, and holds no key in clear', async () => {
  const [userId, storeKey, recoveryKey] = [newId<UserId>(), newStoreKey(), newRandomHex(32)];
  const path = `${temporaryFolder()}/store/keyring.json`;
  writeKeyring(path, await makeKeyring(userId, storeKey, 'pàssword', recoveryKey, null));
  const keyring = readKeyring(path);
  if (keyring === null) throw new Error('no keyring');
  expect(await openWithPassword(keyring, 'pàssword')).toEqual(storeKey);
  expect(await openWithPassword(keyring, 'password')).toBeNull();
  expect(openWithRecovery(keyring, recoveryKey)).toEqual(storeKey);
  expect(openWithRecovery(keyring, newRandomHex(32))).toBeNull();
  expect(openWithRecovery({ ...keyring, userId: newId<UserId>() }, recoveryKey)).toBeNull();
  const text = JSON.stringify(keyring);
  for (const secret of [storeKey.toString('hex'), storeKey.toString('base64'), recoveryKey, 'pàssword']) expect(text).not.toContain(secret);
});

it('outlives damage of its file, and is not there when both are gone', async () => {
  const path = `${temporaryFolder()}/store/keyring.json`;
  const keyring = await makeKeyring(newId<UserId>(), newStoreKey(), 'pàssword', newRandomHex(32), null);
  writeKeyring(path, keyring);
  truncateSync(path, 100);
  expect(readKeyring(path)).toEqual(keyring);
  truncateSync(`${path}.copy`, 100);
  expect(readKeyring(path)).toBeNull();
});
