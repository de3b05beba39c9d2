/**
 * A telephone exchange on loopback, of parts that nobody here wrote: Kamailio (SIP over WebSocket, digest), rtpengine (WebRTC to
 * plain RTP), baresip (a plain SIP telephone that answers by itself and plays 1 kHz).
 *
 * Accounts 1001/pw1001 and 1002/pw1002 are for softphones, 2001 is baresip; numbers of five digits and more go to the trunk, where a
 * test starts sipp. Everything of a rig stands in its state folder: configurations, certificates, logs, numbers of processes.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { projectDirectory } from '../project.ts';
import { makeCertificates } from './make-certificates.ts';
import type { RigPorts } from './rig-ports.ts';
import { chooseRigPorts } from './rig-ports.ts';
import { startRigProcess, stopRigProcess } from './rig-process.ts';
import { writeTone } from './write-tone.ts';

const templates = path.join(projectDirectory, 'tests', 'telephone', 'rig');
/** The trunk is known by its address. */
export const trunkAddress = '127.0.0.2';
export const rigDomain = 'rig.test';
/** The order of the way up; down goes the other way. */
const processNames = ['rtpengine', 'kamailio', 'baresip'] as const;

export interface Rig {
  state: string;
  ports: RigPorts;
  wsUrl: string;
  /** PEM. */
  authority: string;
  /** After it was killed; calls of baresip end. */
  restartExchange(): Promise<void>;
  /** At once, as a power cut would. */
  killExchange(): Promise<void>;
  /** What relays the sound dies, and the next one knows of no call. */
  replaceRelay(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a rig in a folder, which must be empty or not there. */
export async function startRig(state: string): Promise<Rig> {
  const ports = await chooseRigPorts();
  mkdirSync(path.join(state, 'heard'), { recursive: true });
  const authorityFile = makeCertificates(path.join(state, 'certificates'));
  writeTone(path.join(state, 'tone-1000.wav'), { frequencyHz: 1000, sampleRateHz: 8000, durationMs: 600_000, amplitude: 0.4 });
  fillTemplates(state, ports);
  writeFileSync(path.join(state, 'ports.json'), JSON.stringify(ports));

  const startExchange = async (): Promise<void> => {
    await startRigProcess(
      state, 'kamailio',
      ['-f', path.join(state, 'kamailio.cfg'), '-DD', '-E', '-Y', state, '-m', '64', '-M', '8'],
      async () => (await takesConnections(ports.ws)) && (await takesConnections(ports.wss)),
    );
  };
  const startRelay = async (): Promise<void> => {
    await startRigProcess(
      state, 'rtpengine',
      [
        // The machine's own file names ports for a console and for HTTP: one of each for all rigs.
        '--config-file=none', '--table=-1', '--interface=127.0.0.1', `--listen-ng=127.0.0.1:${String(ports.rtpengine)}`, `--port-min=${String(ports.relayRtp.first)}`,
        `--port-max=${String(ports.relayRtp.last)}`, '--foreground', '--log-stderr', '--log-level=6', '--num-threads=2',
        // Else the ports of a call are kept for half a minute, and a test that calls often is refused for want of some.
        '--delete-delay=0',
      ],
      () => listensOnUdp(ports.rtpengine),
    );
  };
  // First: Kamailio asks for it once, when it starts.
  await startRelay();
  await startExchange();
  const baresipLog = path.join(state, 'baresip.log');
  const startBaresip = async (): Promise<void> => {
    rmSync(baresipLog, { force: true });
    await startRigProcess(state, 'baresip', ['-f', path.join(state, 'baresip')], () => existsSync(baresipLog) && readFileSync(baresipLog, 'utf8').includes('200 OK'));
  };
  await startBaresip();
  return {
    state, ports,
    wsUrl: `ws://127.0.0.1:${String(ports.ws)}`,
    authority: readFileSync(authorityFile, 'utf8'),
    restartExchange: async () => {
      await startExchange();
      // It would register again within a minute; the exchange has forgotten it.
      await stopRigProcess(state, 'baresip');
      await startBaresip();
    },
    killExchange: () => stopRigProcess(state, 'kamailio', 'SIGKILL'),
    replaceRelay: async () => {
      await stopRigProcess(state, 'rtpengine', 'SIGKILL');
      await startRelay();
    },
    stop: () => stopRig(state),
  };
}

/** Ends whatever of a rig still runs. */
export async function stopRig(state: string): Promise<void> {
  for (const name of [...processNames].reverse()) await stopRigProcess(state, name);
}

/** True when a UDP socket of this machine is bound to the port. */
export function listensOnUdp(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return readFileSync('/proc/net/udp', 'utf8').split('\n').some((line) => line.includes(wanted));
}

function fillTemplates(state: string, ports: RigPorts): void {
  const values: Record<string, string> = {
    STATE: state, TRUNK_ADDRESS: trunkAddress, SIP_PORT: String(ports.sip), WS_PORT: String(ports.ws), WSS_PORT: String(ports.wss),
    EXPIRED_PORT: String(ports.expired), STRANGER_PORT: String(ports.stranger), RTPENGINE_PORT: String(ports.rtpengine), TRUNK_PORT: String(ports.trunk),
    BARESIP_PORT: String(ports.baresip), CONTROL_PORT: String(ports.control),
    BARESIP_RTP_FIRST: String(ports.baresipRtp.first), BARESIP_RTP_LAST: String(ports.baresipRtp.last),
  };
  for (const entry of readdirSync(templates, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.relative(templates, path.join(entry.parentPath, entry.name));
    mkdirSync(path.dirname(path.join(state, file)), { recursive: true });
    const text = readFileSync(path.join(templates, file), 'utf8').replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
    writeFileSync(path.join(state, file), text);
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => { resolve(false); });
  });
}

