/** Scripts on the hub's command line, as agencies keep them in version control; and what was answered along them, by nobody in particular. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { CallId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import { instantOf, plainDateSchema } from '../../shared/time.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addAndSignIn, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

const cli = fileURLToPath(new URL('../../hub/cli.ts', import.meta.url));
const [standard] = standardPacks;
if (standard === undefined) throw new Error('there are no standard packs');

async function run(args: string[]): Promise<{ code: number; out: string; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args]);
    return { code: 0, out: stdout, said: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, said: stderr };
  }
}

it('publishes from a file beside a running hub, refuses what the checker finds line by line, and withdraws', async () => {
  const folder = temporaryFolder();
  const hub = await startTestHub({ dataDir: join(folder, 'hub') });
  const anna = await addAndSignIn(hub, 'anna', 'collector');
  const script = (...args: string[]): ReturnType<typeof run> => run(['script', '--data', hub.dataDir, ...args]);
  const fileOf = (name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const good = fileOf('good.json', { ...standard, version: '90.0.0' });
  expect(await script('--file', good, '--json')).toMatchObject({ code: 0, out: `${JSON.stringify({ packId: standard.id, packVersion: '90.0.0' })}\n` });
  expect((await pullPage(anna, '')).entities).toMatchObject([{ kind: 'script', id: `${standard.id}@90.0.0`, body: { isInForce: true } }]);
  expect(await script('--list')).toMatchObject({ code: 0, out: `${standard.id}\t90.0.0\tin force\n` });

  const again = await script('--file', good);
  expect([again.code, again.out]).toEqual([1, '']);
  expect(again.said).toMatch(/not higher/);
  const broken = await script('--file', fileOf('broken.json', { ...standard, version: '91.0.0', steps: standard.steps.slice(0, 1) }));
  expect(broken.code).toBe(1);
  expect(broken.out.split('\n').slice(0, -1).every((line) => line.split('\t').length === 3)).toBe(true);
  expect(broken.said).toMatch(/nothing was published/);
  expect(await script('--file', fileOf('text.json', 'no JSON at all'))).toMatchObject({ code: 2, out: '' });
  expect(await script('--file', join(folder, 'nowhere.json'))).toMatchObject({ code: 2, out: '' });
  expect(await script()).toMatchObject({ code: 2, out: '' });

  expect(await script('--withdraw', standard.id)).toMatchObject({ code: 0 });
  expect(await script('--withdraw', standard.id)).toMatchObject({ code: 1 });
  expect((await pullPage(anna, '')).entities).toMatchObject([{ body: { isInForce: false } }]);
  await hub.discard();
});

it('exports answers and captured fields of the days asked for, with the customer’s code and nobody’s name', async () => {
  const hub = await startTestHub();
  const anna = await addAndSignIn(hub, 'anna', 'collector');
  const { caseId } = await plantCase(hub.store, anna.userId);
  const device = new TestDevice(anna.userId);
  const callId = newId<CallId>();
  const followed = (time: string, captured: Record<string, string | number>): void => {
    const at = instantOf(plainDateSchema.parse(time.slice(0, 10)), time.slice(11), 'Europe/Rome');
    device.add(caseId, 'script-followed', {
      packId: 'reminder', packVersion: '2.0.0', locale: 'it', captured, objections: [], disclosures: [],
      path: [{ stepId: 'greeting', answerId: 'yes', at }, { stepId: 'closing', answerId: null, at: at + 1_000 }],
    }, { at, callId });
  };
  followed('2026-03-01 23:59', {});
  followed('2026-03-02 00:00', { 'new-email': '=HYPERLINK("x")', instalments: 3 });
  followed('2026-03-04 00:00', {});
  await device.push(anna);
  await hub.stop();

  const range = ['--from', '2026-03-02', '--to', '2026-03-03', '--data', hub.dataDir];
  const json = await run(['script-answers', ...range, '--json']);
  const head = { caseCode: 'C1', call: callId, pack: 'reminder', version: '2.0.0', locale: 'it' };
  const rows = json.out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, string | null>);
  expect(rows.map(({ step, answer, field, value }) => [step, answer, field, value])).toEqual([
    ['greeting', 'yes', null, null], ['closing', null, null, null], [null, null, 'new-email', '=HYPERLINK("x")'], [null, null, 'instalments', '3'],
  ]);
  expect(rows.every((row) => Object.entries(head).every(([key, value]) => row[key] === value))).toBe(true);
  expect(rows[0]?.['at']).toBe('2026-03-01T23:00:00.000Z');

  const csv = await run(['script-answers', ...range, '--csv']);
  const table = parse<Record<string, string>>(csv.out, { bom: true, delimiter: ';', columns: true });
  expect(table.map((row) => [row['step'], row['field'], row['value']])).toEqual([
    ['greeting', '', ''], ['closing', '', ''], ['', 'new-email', '\'=HYPERLINK("x")'], ['', 'instalments', '3'],
  ]);
  for (const text of [json.out, csv.out]) for (const secret of [anna.userId, 'anna', device.deviceId]) expect(text).not.toContain(secret);
  expect(await run(['script-answers', '--from', '2026-03-02', '--to', '2026-03-01', '--csv', '--data', hub.dataDir])).toMatchObject({ code: 2, out: '' });
  expect(await run(['script-answers', ...range])).toMatchObject({ code: 2, out: '' });
  await hub.discard();
});
