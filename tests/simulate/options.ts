/** The command line of the simulation, read strictly: an unknown or unfit option is a sentence, not a guess. */
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const usage = `Usage: npm run -s simulate -- [options]

Real desks (a Node process each, an encrypted store each) work against a real hub process while
faults are injected; then what they acknowledged is compared with what the hub holds.

  --operators N     desks, one operator each (4)
  --facts M         facts in all, shared among the operators (400)
  --hub auto|URL    auto: a hub of its own in a temporary folder; URL: a running one (auto)
  --admin USER:PASSWORD   an administrator of that hub (admin:premura-demo)
  --faults none|network|kill|all   (none)
                    network: requests and answers cut inside their body, answers of pushes lost
                    kill: kill -9 of desks at work and, with --hub auto, of the hub
  --seed S          fixes who does what and when something breaks (1)
  --ack-log FILE    each acknowledged fact id, one a line, written after it was acknowledged
  --break ack-before-commit   desks that acknowledge first and commit later: must be found out
                    (kill is then always on)
  --json            accepted for symmetry: the result is always one line of JSON

Exit code 0 only when nothing was lost or doubled and every chain verifies.
`;

/** The command line is wrong; the message says what. */
export class UsageError extends Error {}

const count = (most: number): z.ZodType<number> => z.coerce.number().int().min(1).max(most);

const optionsSchema = z.object({
  operators: count(200).default(4),
  facts: count(1_000_000).default(400),
  hub: z.union([z.literal('auto'), z.url({ protocol: /^https?$/ })]).default('auto'),
  admin: z.string().regex(/^[^:]+:.+$/, 'USER:PASSWORD').default('admin:premura-demo'),
  faults: z.enum(['none', 'network', 'kill', 'all']).default('none'),
  seed: z.coerce.number().int().min(0).max(2 ** 32 - 1).default(1),
  'ack-log': z.string().optional(),
  break: z.literal('ack-before-commit').optional(),
});

export interface SimulationOptions {
  operatorCount: number;
  factCount: number;
  /** Null: a hub of its own. */
  hubUrl: string | null;
  admin: { username: string; password: string };
  network: boolean;
  kill: boolean;
  seed: number;
  ackLog: string | null;
  /** Desks that acknowledge before they commit. */
  broken: boolean;
}

/** @returns null when only the usage was asked for */
export function readSimulationOptions(args: string[]): SimulationOptions | null {
  const values = parse(args);
  if (values['help'] === true) return null;
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { operators, facts, hub, admin, faults, seed, break: broken, 'ack-log': ackLog } = parsed.data;
  const colon = admin.indexOf(':');
  return {
    operatorCount: operators,
    factCount: facts,
    hubUrl: hub === 'auto' ? null : hub.replace(/\/+$/, ''),
    admin: { username: admin.slice(0, colon), password: admin.slice(colon + 1) },
    network: faults === 'network' || faults === 'all',
    kill: faults === 'kill' || faults === 'all' || broken !== undefined,
    seed,
    ackLog: ackLog ?? null,
    broken: broken !== undefined,
  };
}

function parse(args: string[]): Record<string, unknown> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args, strict: true, allowPositionals: false,
      options: {
        operators: text, facts: text, hub: text, admin: text, faults: text, seed: text, 'ack-log': text, break: text, json: flag, help: flag,
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}
