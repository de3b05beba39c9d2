/**
 * What was done in training never reaches the agency's hub, even where everything is made to fit: the same address, the same name, the same password.
 * Negative control: the same desk, the same facts, the hub they belong to: they arrive.
 */
import { readdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { allSent, workableRows } from '../support/agency.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import demo from '../../assets/demo/users.json' with { type: 'json' };

const collector = demo.users.find((user) => user.role === 'collector');
if (collector === undefined) throw new Error('the demo has no collector');
const { username, password } = collector;

async function countFacts(dataDir: string): Promise<number> {
  return (await runHub(['facts', '--ids', '--data', dataDir])).split('\n').filter((line) => /[0-9a-f-]{36}/.test(line)).length;
}

it('a training desk pushes nothing to another hub; its own hub gets everything', async () => {
  const folder = temporaryFolder();
  const running: { hub: HubProcess; desk: DeskProcess | null } = { hub: await HubProcess.start(`${folder}/training/hub`, { demo: true }), desk: null };
  onTestFinished(async () => {
    await running.desk?.stop();
    await running.hub.stop();
  });
  const { port, url } = running.hub;
  const startDesk = async (): Promise<DeskProcess> => {
    const desk = await DeskProcess.start({ profileDir: `${folder}/training/desk`, hubUrl: url, hubKey: 'training' });
    running.desk = desk;
    return desk;
  };

  let desk = await startDesk();
  expect((await desk.command('sign-in', { username, password })).ok).toBe(true);
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('nothing to work');
  await desk.stop();
  await running.hub.kill();

  desk = await startDesk();
  expect((await desk.command('sign-in', { username, password })).ok).toBe(true);
  const noted = await desk.command('add-note', { caseId: row.caseId, text: 'in addestramento', basedOn: { caseRevision: 0, scriptVersion: null } });
  expect(noted.ok).toBe(true);

  await runHub(['users', 'add', '--data', `${folder}/live`, '--username', username, '--role', 'collector', '--password', password, '--certificates', 'full']);
  running.hub = await HubProcess.start(`${folder}/live`, { port });
  await desk.command('sync-now', {});
  const refused = await desk.until('show-sync', {}, (sync) => ['other-hub', 'sign-in-again'].includes(sync.problem?.code ?? ''));
  expect(refused.unsentCount).toBe(1);
  await desk.command('sync-now', {});
  await desk.until('show-sync', {}, (sync) => sync.problem?.code === 'sign-in-again');
  expect(await countFacts(`${folder}/live`)).toBe(0);

  await desk.command('sign-out', {});
  expect((await desk.command('sign-in', { username, password })).ok).toBe(true);
  await allSent(desk);
  expect(readdirSync(`${folder}/training/desk/stores`)).toHaveLength(2);
  expect(await countFacts(`${folder}/live`)).toBe(0);
  await desk.stop();
  await running.hub.stop();

  running.hub = await HubProcess.start(`${folder}/training/hub`, { port });
  desk = await startDesk();
  expect((await desk.command('sign-in', { username, password })).ok).toBe(true);
  await allSent(desk);
  expect(await countFacts(`${folder}/training/hub`)).toBe(1);
});
