/** `serve`: runs the hub until it is told to stop; says one JSON line when it listens. Its log goes to standard error. */
import { z } from 'zod';
import { systemClock } from '../../shared/time.ts';
import { startHub } from '../start-hub.ts';
import { printJson, readOptions } from './read-options.ts';

const optionsSchema = z.object({
  port: z.coerce.number('a number from 0 to 65535').int().min(0).max(65535).default(7480),
  host: z.string().default('127.0.0.1'),
  demo: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

export async function runServe(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { port: { type: 'string' }, host: { type: 'string' }, demo: { type: 'boolean' }, quiet: { type: 'boolean' } }, optionsSchema,
  );
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const hub = await startHub({
    ...location, host: options.host, port: options.port, demo: options.demo, clock: systemClock,
    logTo: options.quiet ? null : process.stderr,
  });
  printJson({ type: 'ready', port: hub.port });
  await stopped;
  await hub.stop();
  return 0;
}
