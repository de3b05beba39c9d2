/**
 * How a call sounded, as one number: the mean opinion score (1 to 4.5) estimated by the E-model.
 *
 * ITU-T G.107 (06/2015), with its default values everything but delay and loss drops out: R = 93.2 − Id − Ie,eff. Id is the piecewise
 * approximation of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001); Ie,eff = Ie + (95 − Ie) · Ppl / (Ppl/BurstR + Bpl)
 * with Ie = 0 and Bpl = 25.1 (G.711 with loss concealment, ITU-T G.113 appendix I) and random loss (BurstR = 1). MOS from R: G.107 annex B.
 */
import { z } from 'zod';

export const soundFiguresSchema = z.object({
  lossPercent: z.number().min(0).max(100),
  jitterMs: z.number().min(0),
  /** Null until the far end has reported once. */
  roundTripMs: z.number().min(0).nullable(),
});
export type SoundFigures = z.infer<typeof soundFiguresSchema>;

const BEST_R = 93.2;
const LOSS_ROBUSTNESS = 25.1;
/** One packet, and a receive buffer of twice the jitter on top of what Chromium keeps at least. */
const PACKET_MS = 20;
const LEAST_BUFFER_MS = 20;
const NOTICED_DELAY_MS = 177.3;

/** The estimate, rounded to a hundredth. */
export function estimateMos({ lossPercent, jitterMs, roundTripMs }: SoundFigures): number {
  const delayMs = (roundTripMs ?? 0) / 2 + PACKET_MS + LEAST_BUFFER_MS + 2 * jitterMs;
  const delayImpairment = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - NOTICED_DELAY_MS);
  const lossImpairment = (95 * lossPercent) / (lossPercent + LOSS_ROBUSTNESS);
  return Math.round(mosOfR(BEST_R - delayImpairment - lossImpairment) * 100) / 100;
}

/** ITU-T G.107 annex B. */
export function mosOfR(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Below R = 6.5 the cubic dips under 1; no listener scores less.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}
