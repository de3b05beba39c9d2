/**
 * `npm run -s bench -- NAME [--json]`: one line of JSON on standard output, progress on standard error.
 * Exit code 0 when it could measure, whether or not a target was met; 2 for wrong usage.
 */
import '../support/test-clock.ts';
import type { BenchResult } from './bench-result.ts';
import { benchBoard } from './board.ts';
import { benchBundle } from './bundle.ts';
import { benchCallSetup } from './call-setup.ts';
import { benchCalls } from './calls.ts';
import { benchColdStart } from './cold-start.ts';
import { benchFirstSync } from './first-sync.ts';
import { benchHubPush } from './hub-push.ts';
import { benchImport } from './import.ts';
import { benchList } from './list.ts';
import { benchLive } from './live.ts';
import { benchNextCase } from './next-case.ts';
import { benchMemory } from './memory.ts';
import { benchPlanSlider } from './plan-slider.ts';
import { benchPlans } from './plans.ts';
import { benchPopup } from './popup.ts';
import { benchPolicy } from './policy.ts';
import { benchSave } from './save.ts';
import { benchScript } from './script.ts';
import { benchSearch } from './search.ts';
import { benchShiftKeys } from './shift-keys.ts';
import type { HandCount } from './shift-keys.ts';
import { benchWorkspace } from './workspace.ts';

const benches: Record<string, (say: (line: string) => void) => Promise<(BenchResult | HandCount)[]>> = {
  save: benchSave,
  'cold-start': benchColdStart,
  'first-sync': benchFirstSync,
  'next-case': benchNextCase,
  list: benchList,
  search: benchSearch,
  'hub-push': benchHubPush,
  live: benchLive,
  board: benchBoard,
  import: benchImport,
  bundle: benchBundle,
  workspace: benchWorkspace,
  memory: benchMemory,
  plans: benchPlans,
  'plan-slider': benchPlanSlider,
  policy: benchPolicy,
  popup: benchPopup,
  script: benchScript,
  'shift-keys': benchShiftKeys,
  'call-setup': benchCallSetup,
  calls: benchCalls,
};

const usage = `Usage: npm run -s bench -- NAME --json

  save         saving an outcome, against the disk alone and against the bare bridge
  cold-start   from starting the app to the form, and from Enter to the first case
  first-sync   100,000 cases from a hub to an empty desk, against inserting the same rows
  next-case    the next case among 100,000, against a read by primary key
  list         the worklist of 100,000 cases and what crosses to the page, against one look at all rows
  popup        from a ring to its card at 1,000,000 numbers, against a key's read, a look-up's round trip and an empty paint
  search       what operators type among 100,000 cases, against LIKE over all rows
  hub-push     facts acknowledged in a second, against the same rows by bare SQL
  live         a thousand live connections, against a bare broadcast
  board        twenty live boards, until a fact is painted, against a page that writes one text node
  import       memory of a real import of 500,000 rows, against 300 MiB above the hub at rest
  bundle       JavaScript that a collector waits for, against 350 kB gzip
  workspace    from Enter to a long case painted, against an empty route
  memory       100,000 cases and the work of a shift, against a bare window
  plans        the options of a plan for 40 invoices, against adding them up and one schedule
  plan-slider  a plan for 40 invoices while its slider is moved, until painted, against a bare slider
  policy       2,000 cases with 1,000 contacts each put in order, against only counting the contacts
  script       a step of the script in a call, against an empty command that commits, and against 5 ms
  shift-keys   keystrokes and pointer moves for each outcome
  call-setup   key to INVITE, 180 to its word, answer to the first sound, against bare sip.js (needs the telephone suite's packages)
  calls        what 200 calls leave in main and in the audio page, against 0.1 MB a call (needs the telephone suite's packages)
`;

const [name, ...rest] = process.argv.slice(2);
const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
if (name === undefined || bench === undefined || rest.some((option) => option !== '--json')) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const results = await bench((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify({ name, results })}\n`);
}
