import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TelephoneSettings } from './telephone-settings.ts';
import { telephoneSettingsFile } from './telephone-settings.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'premura-settings-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

const headset: TelephoneSettings = { choice: { microphoneId: 'm', speakerId: 's', ringId: null, processing: false }, globalKeys: true };

it('remembers what was chosen, and leaves nothing half written beside it', () => {
  const log: string[] = [];
  telephoneSettingsFile(folder, (line) => log.push(line)).write(headset);
  expect(telephoneSettingsFile(folder, (line) => log.push(line)).read()).toEqual(headset);
  expect(readdirSync(folder)).toEqual(['telephone.json']);
  expect(log).toEqual([]);
});

it('takes the usual devices where there is no file, without a word, and where it cannot be read, with one', () => {
  const log: string[] = [];
  const file = telephoneSettingsFile(folder, (line) => log.push(line));
  const usual = file.read();
  expect(usual).toMatchObject({ choice: { microphoneId: null, processing: true }, globalKeys: false });
  expect(log).toEqual([]);
  for (const [index, text] of ['{"choice":', '{"choice":{"microphoneId":7}}', 'null'].entries()) {
    writeFileSync(path.join(folder, 'telephone.json'), text);
    expect(file.read()).toEqual(usual);
    expect(log).toHaveLength(index + 1);
  }
});
