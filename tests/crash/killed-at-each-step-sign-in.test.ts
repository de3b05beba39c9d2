/**
 * kill -9 before each step (see STRIDE) of the first sign-in on a PC: the folders, the keyring and its copy, the store and its
 * first schema, the account, the tokens, and the snapshot page that fills the list.
 *
 * Invariants, after every kill: without the network the operator is either unknown still or comes in; with it the
 * operator comes in, sees every case, and what is saved then reaches the hub; nothing is taken for damage.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { FactId } from '../../shared/id.ts';
import { newRandomHex } from '../../shared/id.ts';
import { auditHub } from '../simulate/audit.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import { DeskGone, DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isAt } from './desk-under-knife.ts';
import { isLong } from './long-run.ts';
import { CASES_EACH, PASSWORD, plantHub } from './planted-hub.ts';
import { StepTrap } from './step-trap.ts';

/** Operators that sign in side by side. */
const LANES = 2;
/** A sign-in is slow by design: every fourth step and those that must be met, unless the run is a long one. */
const STRIDE = isLong ? 1 : 4;
const NO_HUB = 'http://127.0.0.1:9';
const mustMeet = [
  'sync keyring.json.new', 'rename keyring.json', 'sync keyring.json.copy.new', 'rename keyring.json.copy', 'write desk.db', 'sync desk.db-wal',
  'sync accounts.json.new', 'rename accounts.json', 'send local', 'send network',
];

it('never leaves half a profile, wherever the first sign-in is cut off', async () => {
  const folder = temporaryFolder();
  const names = await plantHub(join(folder, 'hub'), LANES);
  const hub = await HubProcess.start(join(folder, 'hub'), { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const saved = new Set<FactId>();
  const fallen: string[] = [];
  const first = 1 + (Number.parseInt(newRandomHex(1), 16) % STRIDE);
  let isThrough = false;
  await Promise.all(names.map(async (username, lane) => {
    for (let strikeAt = first + lane * STRIDE; !isThrough; strikeAt += LANES * STRIDE) {
      const where = await signInCutOff(username, `step ${String(strikeAt)}`, (trap) => trap.arm(strikeAt, isLong));
      if (where === null) isThrough = true;
      else fallen.push(where);
    }
  }));
  for (const step of mustMeet.filter((wanted) => !fallen.some((where) => isAt(where, wanted)))) {
    const where = await signInCutOff(names[0] ?? '', step.replaceAll('/', ' '), (trap) => trap.armOn(step));
    if (where !== null) fallen.push(where);
  }
  console.log(`first sign-in: ${String(fallen.length)} kills from step ${String(first)}, before ${fallen.join(', ')}`);
  for (const step of mustMeet) expect(fallen.some((where) => isAt(where, step)), `it never fell at ${step}`).toBe(true);
  const admin = await HubAccount.signIn(hub.url, 'admin', PASSWORD);
  const people = await Promise.all(names.map((username) => HubAccount.signIn(hub.url, username, PASSWORD)));
  expect(await auditHub({ admin, people, acknowledged: saved, before: new Set() })).toEqual({ atHub: saved.size, lost: [], duplicated: [], chainOk: true });

  /** On a profile of its own; answers before which step the desk fell, or null when it came through. */
  async function signInCutOff(username: string, name: string, arm: (trap: StepTrap) => void): Promise<string | null> {
    const profileDir = join(folder, `${username}, ${name}`);
    const trap = new StepTrap(`${profileDir}.trap`, profileDir, !isLong);
    const start = (hubUrl: string, env: NodeJS.ProcessEnv = {}): Promise<DeskProcess> => DeskProcess.start({ profileDir, hubUrl, hubKey: 'agency' }, env);
    const cut = await start(hub.url, trap.env);
    arm(trap);
    try {
      await enter(cut, username, name);
      trap.arm(0);
      await cut.stop();
      return null;
    } catch (error) {
      if (!(error instanceof DeskGone) || cut.stderr !== '') throw error;
    }
    const where = trap.steps().at(-1) ?? 'nowhere';
    const offline = await start(NO_HUB);
    const alone = await offline.command('sign-in', { username, password: PASSWORD });
    if (!alone.ok) expect(alone.error.code, `killed before ${where}`).toBe('unknown-account-offline');
    await offline.stop();
    const again = await start(hub.url);
    await enter(again, username, name);
    const [row] = (await again.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length > 0)).rows;
    if (row === undefined) throw new Error('there is no case');
    const note = await again.command('add-note', { caseId: row.caseId, text: `${username}, ${name}`, basedOn: { caseRevision: 1, scriptVersion: null } });
    if (!note.ok) throw new Error(note.error.code);
    saved.add(note.value.factId);
    await again.until('show-sync', {}, (sync) => sync.unsentCount === 0);
    await again.stop();
    const files = existsSync(profileDir) ? readdirSync(profileDir, { recursive: true }).map(String) : [];
    expect(files.filter((file) => /damaged|salvaged/.test(file)), `killed before ${where}`).toEqual([]);
    return where;
  }
});

/** Signs in and waits for every case. */
async function enter(desk: DeskProcess, username: string, name: string): Promise<void> {
  const session = await desk.command('sign-in', { username, password: PASSWORD });
  if (!session.ok) throw new Error(`${username}, ${name}: ${session.error.code} ${JSON.stringify(session.error.details)}`);
  expect(session.value.encrypted).toBe(true);
  await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === CASES_EACH);
}
