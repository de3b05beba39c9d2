/**
 * The hub's command line: `npm run -s hub -- serve|import|users|script|report|facts|verify|erase|assign|telephone|recording …`.
 * The hub's command line: `npm run -s hub -- serve|import|users|script|report|facts|verify|erase|assign|telephone|mail …`.
 *
 * Invariant: what a program reads stands alone on standard output; sentences for people go to standard error. Exit
 * codes: 0 done, 1 refused or found broken, 2 wrong usage.
 */
import { nameAgency } from './cli/agency-command.ts';
import { runErase } from './cli/erase-command.ts';
import { runAssign } from './cli/assign-command.ts';
import { runFacts } from './cli/facts-command.ts';
import { runImport } from './cli/import-command.ts';
import { addOrListUsers } from './cli/users-command.ts';
import { runLookUps } from './cli/look-ups-command.ts';
import { runMail } from './cli/mail-command.ts';
import { runReport } from './cli/report-command.ts';
import { runRecording } from './cli/recording-command.ts';
import { runScript } from './cli/script-command.ts';
import { runScriptAnswers } from './cli/script-answers-command.ts';
import { runServe } from './cli/serve-command.ts';
import { runTelephone } from './cli/telephone-command.ts';
import { runVerify } from './cli/verify-command.ts';
import { runWorkersAgreement } from './cli/workers-agreement-command.ts';
import { UsageError } from './cli/read-options.ts';

const usage = `Usage: npm run -s hub -- COMMAND --data DIR [--postgres URL] …

  serve           [--port N] [--host ADDRESS] [--demo]
  agency          --name NAME
  import FILE     --creditor NAME [--content invoices|customers|payments] [--sheet NAME] [--map field=Column,…] [--date-format F] [--currency C] [--as-of DATE] [--dry-run] [--json]
  users add       --username NAME --role collector|lead|admin|inbound [--name DISPLAY] [--password PASSWORD] [--certificates full|standard|none]
  users list      [--json]
  users reset-password --username NAME [--password PASSWORD]
  script          --file PACK.json | --withdraw PACK | --list  [--json]
  script-answers  --from DATE --to DATE --csv | --json
  report          [--as-of DATE] [--json]
  facts           --ids | --json
  verify          [--json]
  erase           --customer CODE --creditor NAME --reason TEXT | --customer-id ID --reason TEXT  [--dry-run] [--json]
  assign          --unassigned | --customer ID --to USERNAME
  telephone exchange   --server wss://HOST/PATH --domain DOMAIN [--authority FILE.pem] [--tones sound|info] [--ring-for SECONDS] | --none
  telephone features   [--listen '*90{extension}'] [--whisper CODE] [--barge CODE]
  telephone account    --username NAME --sip-user USER [--auth-user USER] [--password PASSWORD] | --username NAME --none
  telephone caller-id  --creditor NAME --number +39… | --creditor NAME --none
  telephone show       [--json]
  workers-agreement record   --kind works-agreement|authorisation --scopes recording,named-states,listening --signed-on DATE --signatories TEXT --document TEXT [--from DATE] [--until DATE]
  workers-agreement withdraw --reason TEXT
  workers-agreement show     [--json]
  recording list     [--json]
  recording export   --fact ID --reason TEXT --to FILE.webm
  look-ups        [--case ID] [--username NAME] [--from DATE] [--to DATE] [--json]
  mail sender          --creditor NAME --name DISPLAY --address A@B --host HOST [--port N] [--security starttls|tls|none] [--user USER] [--password PASSWORD] [--authority FILE.pem] | --creditor NAME --none
  mail show            [--json]
  mail retry           --mail ID
`;

const commands: Record<string, (args: string[]) => Promise<number>> = {
  serve: runServe,
  agency: nameAgency,
  import: runImport,
  users: addOrListUsers,
  script: runScript,
  'script-answers': runScriptAnswers,
  report: runReport,
  facts: runFacts,
  verify: runVerify,
  erase: runErase,
  assign: runAssign,
  telephone: runTelephone,
  recording: runRecording,
  'workers-agreement': runWorkersAgreement,
  mail: runMail,
  'look-ups': runLookUps,
};

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stderr.write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined) throw new UsageError(`There is no command "${name}".`);
    return await command(rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
