import { say } from './read-options.ts';

/** A secret that is not given on the command line is read from standard input, its first line. */
export async function readTypedSecret(): Promise<string> {
  if (process.stdin.isTTY) say('Type the password and press Enter:');
  process.stdin.setEncoding('utf8');
  let typed = '';
  for await (const chunk of process.stdin) {
    typed += String(chunk);
    if (typed.includes('\n')) break;
  }
  return typed.split(/\r?\n/)[0] ?? '';
}
