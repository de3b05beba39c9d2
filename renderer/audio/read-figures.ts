/** What WebRTC counts of a call (W3C webrtc-stats), as the figures that its quality is estimated from. */
import { z } from 'zod';
import type { SoundFigures } from '../../shared/telephone/call-quality.ts';

const inboundSchema = z.object({ type: z.literal('inbound-rtp'), packetsReceived: z.number(), packetsLost: z.number(), jitter: z.number().optional() });
const farSchema = z.object({ type: z.literal('remote-inbound-rtp'), roundTripTime: z.number().optional() });
const pairSchema = z.object({ type: z.literal('candidate-pair'), nominated: z.literal(true), currentRoundTripTime: z.number().optional() });

/** Null before the first packet. */
export function readFigures(report: RTCStatsReport): SoundFigures | null {
  let inbound: z.infer<typeof inboundSchema> | undefined;
  let roundTripSeconds: number | undefined;
  let pairSeconds: number | undefined;
  report.forEach((entry: unknown) => {
    inbound ??= inboundSchema.safeParse(entry).data;
    roundTripSeconds ??= farSchema.safeParse(entry).data?.roundTripTime;
    pairSeconds ??= pairSchema.safeParse(entry).data?.currentRoundTripTime;
  });
  if (inbound === undefined || inbound.packetsReceived === 0) return null;
  const lost = Math.max(0, inbound.packetsLost);
  const seconds = roundTripSeconds ?? pairSeconds;
  return {
    lossPercent: (100 * lost) / (lost + inbound.packetsReceived),
    jitterMs: 1000 * (inbound.jitter ?? 0),
    roundTripMs: seconds === undefined ? null : 1000 * seconds,
  };
}
