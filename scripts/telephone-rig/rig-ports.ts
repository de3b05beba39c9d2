/**
 * The ports of one rig: free ones, so that several rigs and an exchange of the machine's own stand side by side.
 */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

export interface RigPorts {
  sip: number;
  ws: number;
  wss: number;
  expired: number;
  stranger: number;
  rtpengine: number;
  baresip: number;
  control: number;
  trunk: number;
  /** RTP ranges, inclusive. */
  relayRtp: { first: number; last: number };
  baresipRtp: { first: number; last: number };
}

const RTP_FLOOR = 20_000;
const RTP_SPAN = 400;
const RTP_RANGES = 28;

/** Asks the system for free ports; the RTP ranges follow from one of them. */
export async function chooseRigPorts(): Promise<RigPorts> {
  const [ws, wss, expired, stranger, control] = [await freeTcpPort(), await freeTcpPort(), await freeTcpPort(), await freeTcpPort(), await freeTcpPort()];
  const [sip, rtpengine, baresip, trunk] = [await freeUdpPort(), await freeUdpPort(), await freeUdpPort(), await freeUdpPort()];
  const floor = RTP_FLOOR + (ws % RTP_RANGES) * RTP_SPAN;
  return {
    sip, ws, wss, expired, stranger, rtpengine, baresip, control, trunk,
    relayRtp: { first: floor, last: floor + RTP_SPAN / 2 - 1 },
    baresipRtp: { first: floor + RTP_SPAN / 2, last: floor + RTP_SPAN - 1 },
  };
}

async function freeTcpPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
