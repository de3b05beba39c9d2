/**
 * The other ends of the line: baresip, which answers as 2001, plays 1 kHz and keeps what it hears; sipp, which plays a scenario as the
 * trunk and echoes the sound.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { rigProgram } from '../../../scripts/telephone-rig/rig-packages.ts';
import { waitUntil } from '../../../scripts/telephone-rig/rig-process.ts';
import type { Rig } from '../../../scripts/telephone-rig/start-rig.ts';
import { listensOnUdp, trunkAddress } from '../../../scripts/telephone-rig/start-rig.ts';
import type { ToneMeasure } from '../../../shared/telephone/measure-tones.ts';
import { measureTones } from '../../../shared/telephone/measure-tones.ts';

export const BARESIP_HZ = 1000;
const RATE_HZ = 8000;
const WINDOW = 4000;
const WAV_HEADER_BYTES = 44;

/** What baresip heard in the last half second of its newest recording; it stops recording at the first re-INVITE of a call. */
export function baresipHears(rig: Rig, frequenciesHz: readonly number[]): ToneMeasure {
  const folder = path.join(rig.state, 'heard');
  const newest = readdirSync(folder).filter((name) => name.endsWith('-dec.wav')).sort().at(-1);
  if (newest === undefined) return { energyDb: -100, shares: frequenciesHz.map(() => 0) };
  const bytes = readFileSync(path.join(folder, newest));
  const count = Math.max(0, Math.floor((bytes.length - WAV_HEADER_BYTES) / 2));
  const first = Math.max(0, count - WINDOW);
  const samples = Float32Array.from({ length: count - first }, (_, index) => bytes.readInt16LE(WAV_HEADER_BYTES + 2 * (first + index)) / 32_768);
  return measureTones(samples, RATE_HZ, frequenciesHz);
}

export interface BaresipControl {
  command(command: string, parameters?: string): void;
  /** Waits for an event of baresip: `CALL_DTMF_START` and its digit, and so on. */
  event(type: string, parameter?: string): Promise<void>;
  close(): void;
}

/** Listens to and steers baresip, over its netstrings of JSON. */
export async function controlBaresip(rig: Rig): Promise<BaresipControl> {
  const socket = net.connect(rig.ports.control, '127.0.0.1');
  await once(socket, 'connect');
  const seen: { type: string; param: string }[] = [];
  const listeners = new Set<() => void>();
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part;
    for (let colon = text.indexOf(':'); colon > 0 && text.length > colon + Number(text.slice(0, colon)); colon = text.indexOf(':')) {
      const length = Number(text.slice(0, colon));
      const message = JSON.parse(text.slice(colon + 1, colon + 1 + length)) as { type?: string; param?: string };
      text = text.slice(colon + length + 2);
      if (message.type !== undefined) seen.push({ type: message.type, param: message.param ?? '' });
      for (const listener of listeners) listener();
    }
  });
  return {
    command: (command, params = '') => {
      const message = JSON.stringify({ command, params });
      socket.write(`${String(message.length)}:${message},`);
    },
    event: (type, parameter) =>
      new Promise((resolve) => {
        const look = (): void => {
          const index = seen.findIndex((one) => one.type === type && (parameter === undefined || one.param === parameter));
          if (index < 0) return;
          seen.splice(0, index + 1);
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    close: () => { socket.destroy(); },
  };
}

/** What an INVITE of the trunk says of who calls and which number was called; header lines as they go out. */
export interface Saying { from?: string; to?: string; headers?: readonly string[] }

let said = 0;

/** Calls as `calls-in` or `calls-and-gives-up` does, with other words about itself. */
export function startCaller(
  rig: Rig, { from, to, headers = [] }: Saying, scenario: 'calls-in' | 'calls-and-gives-up' | 'calls-and-is-refused' | 'calls-and-is-passed' = 'calls-in', called?: string,
): Promise<SippRun> {
  const folder = path.join(rig.state, 'sipp');
  const name = `calls-${String(said += 1)}`;
  const text = readFileSync(path.join(folder, `${scenario}.xml`), 'utf8')
    .replace(/^From: .*;tag=/m, (whole) => (from === undefined ? whole : `From: ${from};tag=`))
    .replaceAll(/^To: .*$/gm, (whole) => (to === undefined ? whole : `To: ${to}`))
    .replace(/^Max-Forwards: 70$/m, (whole) => [whole, ...headers].join('\n'));
  writeFileSync(path.join(folder, `${name}.xml`), text);
  return startSipp(rig, name, called);
}

export interface SippRun {
  /** Resolves when the scenario went as written, to its end; rejects with what sipp saw instead. */
  done: Promise<void>;
  stop(): void;
}

/** Plays a scenario for one call: as the trunk that is called, or, when its name says so, as a caller of the number. */
export async function startSipp(rig: Rig, scenario: string, called = '1001'): Promise<SippRun> {
  const calls = scenario.startsWith('calls-');
  const child = spawn(
    rigProgram('sipp'),
    [
      ...(calls ? [`127.0.0.1:${String(rig.ports.sip)}`, '-s', called] : []), '-sf', path.join(rig.state, 'sipp', `${scenario}.xml`),
      '-i', trunkAddress, ...(calls ? [] : ['-p', String(rig.ports.trunk)]), '-m', '1', '-rtp_echo', '-nostdin', '-trace_err', '-timeout', '60s', '-timeout_error',
      '-error_file', path.join(rig.state, `sipp-${scenario}.log`),
    ],
    { cwd: rig.state, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part));
  const done = once(child, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`sipp ${scenario}: ${String(code)} ${complaints.slice(-1_500)}`);
  });
  // Looked at by whoever awaits it; until then it is nobody's failure.
  done.catch(() => undefined);
  if (!calls && !(await waitUntil(() => child.exitCode !== null || listensOnUdp(rig.ports.trunk)))) throw new Error(`sipp ${scenario} does not listen`);
  return { done, stop: () => { child.kill('SIGKILL'); } };
}
