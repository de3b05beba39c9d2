/**
 * The golden stores: what real desks and hubs of earlier schemas left on the disk, and what must be found in them.
 *
 *   tests/fixtures/golden/desk-NNNN/{profile/, expected.json}
 *   tests/fixtures/golden/hub-NNNN/{data/, expected.json}         the hub that this desk worked with
 *
 * Invariants: a golden store is never opened itself, only a copy; it is never made again; whenever the
 * schema of either changes, a new pair is added (`make-golden-stores.ts`).
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { caseIdSchema, deviceIdSchema, factIdSchema, hubIdSchema } from '../../shared/id.ts';
import { userSchema } from '../../shared/protocol/session-protocol.ts';
import { instantSchema, plainDateSchema } from '../../shared/time.ts';
import { tones } from '../../shared/case/case-entity.ts';

export const goldenPassword = 'golden-password';
/** The `hubKey` of every golden profile: the name of its hub, whatever the address. */
export const goldenHubKey = 'golden';
export const goldenZone = 'Europe/Rome';
export const goldenRoot = fileURLToPath(new URL('../fixtures/golden', import.meta.url));

const linkSchema = z.object({ seq: z.int(), id: factIdSchema, type: z.string(), version: z.int(), hash: z.string(), bodyHash: z.string(), erased: z.boolean() });

export const expectedDeskSchema = z.object({
  hubId: hubIdSchema,
  user: userSchema,
  deviceId: deviceIdSchema,
  /** The instant at which everything below is read. */
  atMs: instantSchema,
  facts: z.array(linkSchema),
  unsentCount: z.int(),
  worklist: z.array(z.object({ caseId: caseIdSchema, customerName: z.string(), openCents: z.int(), isDraft: z.boolean() })),
  cases: z.array(z.object({
    caseId: caseIdSchema,
    promise: z.object({ promiseId: factIdSchema, amountCents: z.int(), currency: z.string(), dueOn: plainDateSchema, method: z.string() }).nullable(),
    disputes: z.int(),
    callbackAt: instantSchema.nullable(),
    history: z.array(z.object({ kind: z.string(), factId: factIdSchema })),
  })),
  attachments: z.array(z.object({ factId: factIdSchema, state: z.string(), sizeBytes: z.int() })),
  erasedCases: z.array(caseIdSchema),
});
export type ExpectedDesk = z.infer<typeof expectedDeskSchema>;

export const expectedHubSchema = z.object({
  hubId: hubIdSchema,
  users: z.array(z.object({ username: z.string(), role: z.string() })),
  creditors: z.array(z.string()),
  caseIds: z.array(caseIdSchema),
  erasedCases: z.array(caseIdSchema),
  /** Every link of every device, erased ones too. */
  links: z.array(z.object({ deviceId: deviceIdSchema, seq: z.int(), id: factIdSchema, hash: z.string() })),
  facts: z.int(),
  erased: z.int(),
  entities: z.record(z.string(), z.int()),
});
export type ExpectedHub = z.infer<typeof expectedHubSchema>;

/** The numbers of the golden stores, oldest first. */
export function goldenSchemas(of: 'desk' | 'hub'): string[] {
  return readdirSync(goldenRoot).filter((name) => name.startsWith(`${of}-`)).map((name) => name.slice(of.length + 1)).sort();
}

export function readExpectedDesk(schema: string): ExpectedDesk {
  return expectedDeskSchema.parse(JSON.parse(readFileSync(join(goldenRoot, `desk-${schema}`, 'expected.json'), 'utf8')));
}

export function readExpectedHub(schema: string): ExpectedHub {
  return expectedHubSchema.parse(JSON.parse(readFileSync(join(goldenRoot, `hub-${schema}`, 'expected.json'), 'utf8')));
}

/** What a hub of today finds in it: whoever worked before there were certificates is taken for trained, in each tone. */
export function readUpgradedHub(schema: string): ExpectedHub {
  const held = readExpectedHub(schema);
  return schema < '0004' ? { ...held, entities: { ...held.entities, certificate: held.users.length * tones.length } } : held;
}

/** Copies a golden profile and answers where. */
export function copyGoldenProfile(schema: string, folder: string): string {
  const profileDir = join(folder, `profile-${schema}`);
  cpSync(join(goldenRoot, `desk-${schema}`, 'profile'), profileDir, { recursive: true });
  return profileDir;
}

/** Copies a golden hub's data folder and answers where. */
export function copyGoldenHub(schema: string, folder: string): string {
  const dataDir = join(folder, `hub-${schema}`);
  cpSync(join(goldenRoot, `hub-${schema}`, 'data'), dataDir, { recursive: true });
  return dataDir;
}

/** SHA-256 of every file under a folder, by its path. */
export function hashFiles(folder: string): Record<string, string> {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((file) => join(file.parentPath, file.name)).sort()
    .map((path) => [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]));
}
