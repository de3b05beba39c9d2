/** `npm run -s simulate -- …`: see `--help`. One line of JSON on standard output, progress on standard error. */
import '../support/compile-cache.ts';
import '../support/test-clock.ts';
import { readSimulationOptions, usage, UsageError } from './options.ts';
import { runSimulation } from './simulation.ts';

async function main(args: string[]): Promise<number> {
  try {
    const options = readSimulationOptions(args);
    if (options === null) {
      process.stdout.write(usage);
      return 0;
    }
    const result = await runSimulation(options, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.lost === 0 && result.duplicated === 0 && result.chainOk ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
