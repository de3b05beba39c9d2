import { expect, it } from 'vitest';
import { defaultSettings } from '../../../shared/contract/settings-channels.ts';
import { noFilter } from '../../../shared/contract/worklist-filter.ts';
import { newRandomHex } from '../../../shared/id.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { openStore } from './database.ts';
import { readSettings, writeSetting } from './settings-store.ts';

it('keeps what was set, gives the default for the rest and for what this build cannot read', () => {
  const options = { path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false };
  const first = openStore(options);
  if (!first.ok) throw new Error(first.error.code);
  const view = { name: 'Oltre 100', view: 'to-work' as const, creditorId: null, filter: { ...noFilter, amountFromCents: 10_000 } };
  expect(readSettings(first.value.db)).toEqual(defaultSettings);
  writeSetting(first.value.db, 'language', 'en', 1);
  writeSetting(first.value.db, 'savedViews', [view], 2);
  writeSetting(first.value.db, 'density', 'compact', 3);
  writeSetting(first.value.db, 'density', null, 4);
  first.value.db.prepare("INSERT INTO settings VALUES ('theme', '\"sepia\"', 5), ('ofANewerBuild', '1', 6)").run();
  first.value.db.close();

  const again = openStore(options);
  if (!again.ok) throw new Error(again.error.code);
  expect(readSettings(again.value.db)).toEqual({ ...defaultSettings, language: 'en', savedViews: [view] });
  again.value.db.close();
});
