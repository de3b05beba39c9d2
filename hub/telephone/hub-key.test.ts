import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newRandomHex } from '../../shared/id.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { readHubKey } from './hub-key.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

it('is made once, for this hub alone, or given from outside', () => {
  const folder = join(temporaryFolder(), 'hub');
  const key = readHubKey(folder, {});
  expect(key).toHaveLength(32);
  expect(readHubKey(folder, {})).toEqual(key);
  expect(statSync(join(folder, 'hub.key')).mode & 0o777).toBe(0o600);
  expect(readHubKey(join(temporaryFolder(), 'other'), {})).not.toEqual(key);
  const given = newRandomHex(32);
  expect(readHubKey(folder, { PREMURA_HUB_KEY: given }).toString('hex')).toBe(given);
});

it('is never made anew over one that is damaged: what it sealed would be lost without a word', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'hub.key'), 'half a k');
  expect(() => readHubKey(folder, {})).toThrow(/64 hexadecimal/);
  expect(readFileSync(join(folder, 'hub.key'), 'utf8')).toBe('half a k');
  expect(() => readHubKey(folder, { PREMURA_HUB_KEY: 'short' })).toThrow(/64 hexadecimal/);
});

it('opens what it sealed, for its purpose, unaltered, and nothing else', () => {
  const [key, other] = [Buffer.from(newRandomHex(32), 'hex'), Buffer.from(newRandomHex(32), 'hex')];
  const sealed = sealSecret(key, 'telephone:anna', 'perché no?');
  expect(sealed).not.toContain('perch');
  expect(openSecret(key, 'telephone:anna', sealed)).toBe('perché no?');
  expect(sealSecret(key, 'telephone:anna', 'perché no?')).not.toBe(sealed);
  expect(openSecret(other, 'telephone:anna', sealed)).toBeNull();
  expect(openSecret(key, 'telephone:bruno', sealed)).toBeNull();
  const last = sealed.split('.')[3] ?? '';
  const altered = Buffer.from(last, 'base64');
  altered[0] = (altered[0] ?? 0) ^ 1;
  expect(openSecret(key, 'telephone:anna', sealed.replace(last, altered.toString('base64')))).toBeNull();
  expect(openSecret(key, 'telephone:anna', 'in clear')).toBeNull();
});
