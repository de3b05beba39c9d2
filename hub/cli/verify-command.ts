/** `verify`: recomputes every chain; exit 1 when something is missing or was altered. */
import { z } from 'zod';
import { verifyChains } from '../facts/verify-chains.ts';
import { printJson, readOptions, withStore } from './read-options.ts';

export async function runVerify(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: { type: 'boolean' } }, z.object({ json: z.boolean().default(false) }));
  const report = await withStore(location, verifyChains);
  if (options.json) {
    printJson(report);
  } else {
    const { devices, links, facts, erased } = report;
    const sentence = report.ok ? 'Every chain holds.' : 'The chains are BROKEN.';
    process.stdout.write(
      `${sentence} ${String(devices)} devices, ${String(links)} links, ${String(facts)} facts, ${String(erased)} of them erased.\n`,
    );
    if (report.unexplained > 0) process.stdout.write(`  ${String(report.unexplained)} facts have no content though no erasure is on record.\n`);
    for (const fault of report.broken) process.stdout.write(`  device ${fault.deviceId}, seq ${String(fault.seq)}: ${fault.fault}\n`);
  }
  return report.ok ? 0 : 1;
}
