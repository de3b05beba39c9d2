/**
 * `policy`: 2,000 cases with 1,000 contact rows each put in order of when they may be called, against one pass over the same
 * rows that only counts them, turn by turn, in processor time.
 *
 * Ours is everything a list asks of the policy: conversations, rounds and calls within their days, consents, hours and holidays of the
 * customer's zone, and the next moment at which all of it holds. Invariants: before anything is timed, the order must have cases of both
 * kinds, and a case whose rows stand the other way round must have the same moment.
 */
import type { ContactRequest } from '../../shared/policy/contact/contact-request.ts';
import type { ContactRow } from '../../shared/policy/contact/contact-row.ts';
import { contactResults } from '../../shared/policy/contact/contact-row.ts';
import { nextContactMoment } from '../../shared/policy/contact/evaluate-contact.ts';
import { sampleMoment, sampleRequest } from '../../shared/policy/contact/sample-requests.ts';
import { findStandardPolicy } from '../../shared/policy/contact/standard-policies.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';
import { randomNumbers } from './scale-cases.ts';

const CASES = 2_000;
const ROWS = 1_000;
const RUNS = 9;
const SEED = 20_261_122;
const TARGET = 3;
/** So many rows are years of work; the last days are as full as in a case that is called every day. */
const HISTORY_MS = 2 * 365 * 86_400_000;
const RECENT_MS = 7 * 86_400_000;
const RECENT_ONE_IN = 50;

export function benchPolicy(say: (line: string) => void): Promise<BenchResult[]> {
  return Promise.resolve(['it-unirec', 'us-reg-f'].map((policyId) => measure(policyId, say)));
}

function measure(policyId: string, say: (line: string) => void): BenchResult {
  const policy = findStandardPolicy(policyId);
  if (policy === null) throw new Error(`no policy ${policyId}`);
  const random = randomNumbers(SEED);
  const nowMs = sampleMoment('2026-11-19 10:00');
  const requests = Array.from({ length: CASES }, (_, index) => makeRequest(random, nowMs, index));
  const reorder = (): (readonly [number, number])[] => requests
    .map((request, index) => [nextContactMoment(policy, request) ?? Number.MAX_SAFE_INTEGER, index] as const)
    .sort(([a], [b]) => a - b);

  const order = reorder();
  const free = order.filter(([moment]) => moment === nowMs).length;
  if (free === 0 || free === CASES) throw new Error(`${policyId}: ${String(free)} of ${String(CASES)} cases are free: nothing to put in order`);
  for (const request of requests.slice(0, 50)) {
    if (nextContactMoment(policy, { ...request, rows: request.rows.toReversed() }) !== nextContactMoment(policy, request)) throw new Error('the order of rows matters');
  }

  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const oursMs = processorMs(reorder);
    const referenceMs = processorMs(() => {
      if (requests.reduce((sum, { rows }) => sum + countRows(rows), 0) === 0) throw new Error('nothing was counted');
    });
    // The first run only warms both.
    if (run === 0) continue;
    ours.push(oursMs);
    reference.push(referenceMs);
    say(`${policyId} ${String(run)}: put in order ${oursMs.toFixed(1)} ms, counted ${referenceMs.toFixed(1)} ms`);
  }
  return compare(policyId, 'ms', ours, reference, TARGET);
}

/** The least a rule about frequency needs: how many conversations, how many attempts. */
function countRows(rows: readonly ContactRow[]): number {
  let conversations = 0;
  let attempts = 0;
  for (const row of rows) {
    if (row.channel !== 'phone') continue;
    if (row.result === 'conversation') conversations += 1;
    else if (row.direction === 'outbound') attempts += 1;
  }
  return conversations + attempts;
}

function makeRequest(random: () => number, nowMs: number, index: number): ContactRequest {
  const caseId = `case-${String(index)}`;
  const numbers = ['+3909710', '+3933300'].map((start) => `${start}${String(10_000 + index)}`);
  const rows = Array.from({ length: ROWS }, (_, number): ContactRow => {
    const isRecent = number % RECENT_ONE_IN === 0;
    return {
      contactKey: `${caseId}-${String(number)}`, atMs: Math.floor(nowMs - random() * (isRecent ? RECENT_MS : HISTORY_MS)),
      channel: random() < 0.9 ? 'phone' : 'email', direction: random() < 0.9 ? 'outbound' : 'inbound',
      result: contactResults[Math.floor(random() * 6)] ?? 'attempt', to: numbers[Math.floor(random() * 2)] ?? null, partyId: null,
      caseId: random() < 0.8 ? caseId : `${caseId}-other`, creditorId: 'creditor',
    };
  });
  // One in four has few contacts of late, as most of a list has.
  const quiet = index % 4 === 0 ? rows.map((row) => ({ ...row, atMs: row.atMs - 2 * RECENT_MS })) : rows;
  const callbackAtMs = nowMs + Math.floor(random() * RECENT_MS);
  return sampleRequest(nowMs, {
    rows: quiet, caseId, to: { value: numbers[0] ?? null, workplace: false, givenByPerson: true, isRepresentative: false },
    zones: index % 50 === 0 ? ['Europe/London', 'Europe/Rome'] : ['Europe/Rome'],
    consents: index % 10 === 0 ? [{ givenAtMs: nowMs - RECENT_MS, untilMs: null, callbackAtMs, revokedAtMs: null }] : [],
  });
}

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
