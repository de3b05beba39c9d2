/**
 * What is remembered of the telephone on this PC: devices, and whether its keys work everywhere. No secret is in it.
 *
 * Invariant: written whole or not at all; a file that cannot be read counts as none, and is said.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { audioChoiceSchema } from '../../../shared/contract/audio-channels.ts';

const settingsSchema = z.object({ choice: audioChoiceSchema, globalKeys: z.boolean() });
export type TelephoneSettings = z.infer<typeof settingsSchema>;

const usual: TelephoneSettings = { choice: { microphoneId: null, speakerId: null, ringId: null, processing: true }, globalKeys: false };

export interface TelephoneSettingsFile {
  read(): TelephoneSettings;
  write(settings: TelephoneSettings): void;
}

/** The file in a profile's folder. */
export function telephoneSettingsFile(profileDir: string, log: (line: string) => void): TelephoneSettingsFile {
  const file = path.join(profileDir, 'telephone.json');
  return {
    read: () => {
      try {
        return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (error) {
        if (isMissing(error)) return usual;
        // Damaged, or not ours to read: the usual devices are better than no telephone.
        log(`telephone: the settings were not read: ${error instanceof Error ? error.name : String(error)}`);
        return usual;
      }
    },
    write: (settings) => {
      mkdirSync(profileDir, { recursive: true });
      const temporary = `${file}.new`;
      writeFileSync(temporary, JSON.stringify(settings));
      renameSync(temporary, file);
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
