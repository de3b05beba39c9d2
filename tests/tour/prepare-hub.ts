/**
 * A hub as an agency would have it on its first day: people added and a creditor's file
 * imported, both by the hub's own commands.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoManifestSchema } from '../../hub/imports/demo-manifest.ts';
import { renderDemoFile } from '../../hub/imports/render-demo-file.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import { runHub } from '../support/hub-process.ts';
import { publishLongestPrescription } from './publish-longest-prescription.ts';
import type { TourOptions } from './tour-options.ts';

export const people = {
  collector: { username: 'carla', name: 'Carla Serra', password: 'premura-demo' },
  lead: { username: 'laura.lead', name: 'Laura Conti', password: 'premura-demo' },
} as const;

/** Somebody whom a customer can be given to. */
export const colleague = { username: 'marco', name: 'Marco Ventimolini', password: 'premura-demo' } as const;

/** @returns what `import --json` reported of each file */
export async function prepareHub(dataDir: string, options: TourOptions): Promise<unknown[]> {
  for (const [role, person] of Object.entries(people)) await addUser(dataDir, role, person);
  await runHub(['agency', '--data', dataDir, '--name', 'Studio Basento']);
  const reports: unknown[] = [];
  for (const { path, creditor, extra } of filesToImport(dataDir, options)) {
    reports.push(JSON.parse(await runHub(['import', path, '--data', dataDir, '--creditor', creditor, '--json', ...extra])));
  }
  if (options.file !== null) await publishLongestPrescription(dataDir, options.creditor);
  // After the files, so that all the work is the first collector's.
  await addUser(dataDir, 'collector', colleague);
  return reports;
}

async function addUser(dataDir: string, role: string, person: { username: string; name: string; password: string }): Promise<void> {
  await runHub(['users', 'add', '--data', dataDir, '--username', person.username, '--name', person.name, '--role', role, '--password', person.password, '--certificates', 'full']);
}

function filesToImport(dataDir: string, options: TourOptions): { path: string; creditor: string; extra: string[] }[] {
  if (options.file !== null) return [{ path: options.file, creditor: options.creditor, extra: options.importOptions }];
  const demo = join(projectDirectory, 'assets', 'demo');
  const manifest = demoManifestSchema.parse(JSON.parse(readFileSync(join(demo, 'users.json'), 'utf8')));
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const rendered = join(dataDir, 'demo-files');
  mkdirSync(rendered, { recursive: true });
  return manifest.creditors.map((creditor) => {
    const path = join(rendered, creditor.file);
    writeFileSync(path, renderDemoFile(readFileSync(join(demo, creditor.file)), today));
    return { path, creditor: creditor.name, extra: [] };
  });
}
