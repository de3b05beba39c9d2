/**
 * What the app was started with.
 *
 * Invariant: Chromium's own switches may stand anywhere, so unknown options are not errors;
 * a known option with a bad value is.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

const optionsSchema = z.object({
  profile: z.string().min(1).optional(),
  hub: z.url({ protocol: /^https?$/ }).optional(),
  data: z.string().min(1).optional(),
  demo: z.boolean().default(false),
});

export interface CommandLine {
  /** Folder of this profile; null = the OS's usual place. */
  profileDir: string | null;
  /** Hub to work with; null = the embedded one. */
  hubUrl: string | null;
  /** Data folder of the embedded hub; null = inside the profile. */
  hubDataDir: string | null;
  demo: boolean;
}

/** Reads `--profile DIR --hub URL --data DIR --demo` out of a process's arguments. */
export function parseCommandLine(processArguments: string[]): Result<CommandLine> {
  const { values } = parseArgs({
    args: processArguments,
    strict: false,
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      hub: { type: 'string' },
      data: { type: 'string' },
      demo: { type: 'boolean' },
    },
  });
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const option = String(parsed.error.issues[0]?.path[0] ?? '');
    return fail('bad-command-line', 'error.badCommandLine', { option });
  }
  const { profile, hub, data, demo } = parsed.data;
  return ok({
    profileDir: profile === undefined ? null : path.resolve(profile),
    hubUrl: hub ?? null,
    hubDataDir: data === undefined ? null : path.resolve(data),
    demo,
  });
}
