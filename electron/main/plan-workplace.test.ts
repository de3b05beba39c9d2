import path from 'node:path';
import { expect, it } from 'vitest';
import { planWorkplace } from './plan-workplace.ts';

const plain = { profileDir: null, hubUrl: null, hubDataDir: null, demo: false };

it.each([
  ['the embedded hub', plain],
  ['a hub of the agency', { ...plain, hubUrl: 'https://hub.example' }],
  ['a data folder of its own', { ...plain, hubDataDir: '/srv/hub' }],
  ['the demo', { ...plain, demo: true }],
])('training shares no folder, no key and no hub with %s', (_name, commandLine) => {
  const work = planWorkplace('work', commandLine, '/anna/premura');
  const training = planWorkplace('training', commandLine, '/anna/premura');
  expect(training.hub.where).toBe('embedded');
  expect(training.demo).toBe(true);
  expect(training.hubKey).not.toBe(work.hubKey);
  const foldersOf = (plan: typeof work): string[] => [plan.deskDir, ...(plan.hub.where === 'embedded' ? [plan.hub.dataDir] : [])];
  for (const one of foldersOf(work)) {
    for (const other of foldersOf(training)) {
      expect(path.relative(one, other).startsWith('..')).toBe(true);
      expect(path.relative(other, one).startsWith('..')).toBe(true);
    }
  }
});
