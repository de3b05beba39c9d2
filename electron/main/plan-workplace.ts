/**
 * Which hub and which folders a workplace has.
 *
 * Invariant: nothing of the training plan depends on the hub that the app was started with, and no folder of one plan lies inside a folder of the other.
 */
import path from 'node:path';
import type { CommandLine } from './command-line.ts';

export type WorkplaceKind = 'work' | 'training';

export interface WorkplacePlan {
  /** Holds the operators' sealed stores. */
  deskDir: string;
  /** Names the hub among the accounts known on this PC. */
  hubKey: string;
  demo: boolean;
  hub: { where: 'embedded'; dataDir: string } | { where: 'remote'; url: string };
}

/** Where calls may be practised: in a demo whose hub is this app's own. The hub must say as well that it is one (`ready`). */
export function hasPracticeLine({ demo, hub }: WorkplacePlan): boolean {
  return demo && hub.where === 'embedded';
}

export function planWorkplace(kind: WorkplaceKind, commandLine: CommandLine, profileDir: string): WorkplacePlan {
  switch (kind) {
    case 'training': {
      const folder = path.join(profileDir, 'training');
      return { deskDir: path.join(folder, 'desk'), hubKey: 'training', demo: true, hub: { where: 'embedded', dataDir: path.join(folder, 'hub') } };
    }
    case 'work': {
      const { hubUrl, hubDataDir, demo } = commandLine;
      return {
        deskDir: path.join(profileDir, 'desk'), hubKey: hubUrl ?? 'embedded', demo,
        hub: hubUrl === null ? { where: 'embedded', dataDir: hubDataDir ?? path.join(profileDir, 'hub') } : { where: 'remote', url: hubUrl },
      };
    }
  }
}
