/**
 * A display for machines without one: Xvfb on a number of its own choosing.
 *
 * Invariant: whoever takes a display gives it back; Xvfb is ended by the child handle that
 * started it, and is reported ready by itself, never waited for by time.
 *
 *   node scripts/virtual-display.ts COMMAND [ARGUMENTS]     runs a command in one
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { isEntry } from './project.ts';

export interface VirtualDisplay {
  /** For the environment variable DISPLAY. */
  name: string;
  stop(): Promise<void>;
}

/** Starts a virtual screen of 1920×1080 and waits until it takes connections. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exited = once(server, 'exit');
  const number = await Promise.race([
    readLine(server.stdio[3] as Readable),
    exited.then(() => {
      throw new Error(`Xvfb did not start: ${complaints.trim()}`);
    }),
  ]);
  return {
    name: `:${number}`,
    stop: async () => {
      server.kill();
      await exited;
    },
  };
}

async function readLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

if (isEntry(import.meta.filename)) {
  const [command, ...commandArguments] = process.argv.slice(2);
  if (command === undefined) throw new Error('usage: virtual-display.ts COMMAND [ARGUMENTS]');
  const display = await startVirtualDisplay();
  const child = spawn(command, commandArguments, {
    stdio: 'inherit',
    env: { ...process.env, DISPLAY: display.name },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  await display.stop();
  process.exitCode = code ?? 1;
}
