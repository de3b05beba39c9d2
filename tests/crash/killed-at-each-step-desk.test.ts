/**
 * kill -9 of the desk before every single step of a command: the writes and flushes of its commit, the
 * acknowledgement, the marks beside the store, the push, the note of the hub's answer, and the page of the feed that
 * comes back.
 *
 * Invariants, after every kill: what was acknowledged is on the disk, nothing is half-applied, the chain verifies, the
 * list equals a rebuilt one, nothing is taken for damage; the same command again happens once; at the end the hub has
 * each once, and another desk sees the same case. Controls: a desk that acknowledges first, and one without
 * transactions, are caught.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { newId } from '../../shared/id.ts';
import type { CommandId } from '../../shared/id.ts';
import { auditHub } from '../simulate/audit.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { WalkedCommand } from './desk-under-knife.ts';
import { DeskUnderKnife, isAt, noteCommand } from './desk-under-knife.ts';
import { CASES_EACH, PASSWORD, plantHub } from './planted-hub.ts';

const emptyDraft = {
  code: 'NA', amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', scriptStepId: '',
} as const;

const commands: WalkedCommand[] = [
  noteCommand,
  {
    name: 'an outcome with a draft',
    prepare: async (bench, marker) => {
      await bench.desk.command('save-draft', { caseId: bench.caseId, draft: { ...emptyDraft, note: marker } });
      return (desk, commandId) => desk.command('record-outcome', { ...bench.common(), locale: 'it', form: plainForm('NA', { note: marker }) }, commandId);
    },
  },
  {
    name: 'a correction',
    prepare: async (bench, marker) => {
      const target = newId<CommandId>();
      const outcome = await bench.desk.command('record-outcome', { ...bench.common(), locale: 'it', form: plainForm('NA', { note: `${marker}, target` }) }, target);
      if (!outcome.ok) throw new Error(outcome.error.code);
      const targetFactId = outcome.value.factId;
      bench.take(target, targetFactId, `${marker}, target`);
      return (desk, commandId) => desk.command('correct-outcome', { ...bench.common(), locale: 'it', targetFactId, form: null, reason: marker }, commandId);
    },
    untilPush: true,
  },
  {
    name: 'an attached file',
    prepare: (bench, marker) => {
      const file = { fileName: 'letter.txt', mediaType: 'text/plain', bytes: Buffer.from(`${marker} `.repeat(400)) };
      return Promise.resolve((desk, commandId) => desk.command('attach-file', { ...bench.common(), ...file, note: marker }, commandId));
    },
    untilPush: true,
  },
];

/** Steps that every walk must have met, else it does not test what it says. */
const everyCommand = ['write desk.db-wal', 'sync desk.db-wal', 'send local', 'write desk.db.witness', 'sync unsent.new', 'rename unsent', 'send network'];
const attaching = ['write .new', 'sync .new', 'rename attachments', 'sync attachments'];

it('loses, doubles and halves nothing wherever a command is cut off', async () => {
  const folder = temporaryFolder();
  const names = await plantHub(join(folder, 'hub'), commands.length);
  const hub = await HubProcess.start(join(folder, 'hub'), { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const benches = await Promise.all(names.map((username) => DeskUnderKnife.open({ username, folder, hubUrl: hub.url })));
  const walks = await Promise.all(commands.map(async (command, place) => {
    const mustMeet = [...everyCommand, ...(command.name === 'an attached file' ? attaching : [])];
    const fallen = await benches[place]!.walk(command, mustMeet);
    console.log(`${command.name}: ${String(fallen.length)} kills, before ${fallen.join(', ')}`);
    for (const step of mustMeet) expect(fallen.some((where) => isAt(where, step)), `${command.name} never fell at ${step}`).toBe(true);
    return fallen;
  }));
  expect(benches.flatMap((bench) => bench.wrong)).toEqual([]);
  // How many steps there are depends on what the desk does by itself meanwhile; the steps that must be met are struck by name.
  for (const walk of walks) expect(walk.length).toBeGreaterThan(4);
  await Promise.all(benches.map((bench) => bench.untilSent()));

  const admin = await HubAccount.signIn(hub.url, 'admin', PASSWORD);
  const people = await Promise.all(names.map((username) => HubAccount.signIn(hub.url, username, PASSWORD)));
  const acknowledged = new Set(benches.flatMap((bench) => bench.acknowledged.map((fact) => fact.factId)));
  expect(await auditHub({ admin, people, acknowledged, before: new Set() })).toEqual({ atHub: acknowledged.size, lost: [], duplicated: [], chainOk: true });

  // A desk that had no part in it sees the same case.
  for (const bench of benches) {
    const other = await DeskProcess.start({ profileDir: join(folder, `other-${bench.username}`), hubUrl: hub.url });
    await signInAs(other, bench.username, PASSWORD);
    await other.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === CASES_EACH);
    const [here, there] = await Promise.all([bench.desk, other].map((desk) => desk.query('show-case', { caseId: bench.caseId })));
    if (here?.ok !== true || there?.ok !== true) throw new Error('a case cannot be shown');
    expect(there.value.history.map((entry) => entry.factId)).toEqual(here.value.history.map((entry) => entry.factId));
    await other.stop();
  }
  await Promise.all(benches.map((bench) => bench.desk.stop()));
});

const faultyDesks = [
  { name: 'acknowledges before it commits', entry: '../simulate/broken-desk.ts', preload: null, finds: /lost: fact|two facts/ },
  { name: 'writes without transactions', entry: '../../electron/desk/main.ts', preload: './without-transactions.ts', finds: /half: fact .* without its command/ },
];

it.each(faultyDesks)('finds out a desk that $name', async ({ entry, preload, finds }) => {
  const folder = temporaryFolder();
  const [username = ''] = await plantHub(join(folder, 'hub'), 1);
  const hub = await HubProcess.start(join(folder, 'hub'), { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const bench = await DeskUnderKnife.open({
    username, folder, hubUrl: hub.url, entry: fileURLToPath(new URL(entry, import.meta.url)),
    env: preload === null ? {} : { NODE_OPTIONS: `--import ${new URL(preload, import.meta.url).href}` },
  });
  await bench.walk(noteCommand, ['sync desk.db-wal'], () => bench.wrong.length > 0);
  expect(bench.wrong.filter((fault) => finds.test(fault))).not.toEqual([]);
  await bench.desk.kill();
});
