import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { channel } from '../../shared/contract/channel.ts';
import { fail, ok } from '../../shared/result.ts';
import type { RequestEnvelope } from './preload-api.ts';
import { sendRequest } from './send-request.ts';
import type { Transport } from './send-request.ts';

const echo = channel(z.object({}), z.object({ answer: z.int() }));
const restarted = fail('desk-restarted', 'error.deskRestarted', {}, true);
const envelope: RequestEnvelope = { kind: 'command', name: 'echo', input: { commandId: 'same' } };

function scriptedTransport(answers: unknown[]): { transport: Transport; sent: RequestEnvelope[]; waits: number[]; reports: string[] } {
  const sent: RequestEnvelope[] = [];
  const waits: number[] = [];
  const reports: string[] = [];
  const transport: Transport = {
    request: (request) => {
      sent.push(request);
      return Promise.resolve(answers[sent.length - 1]);
    },
    whenReachable: (attempt) => {
      waits.push(attempt);
      return Promise.resolve();
    },
    report: (message) => reports.push(message),
  };
  return { transport, sent, waits, reports };
}

describe('sendRequest', () => {
  it('reads a good answer', async () => {
    const { transport, sent } = scriptedTransport([ok({ answer: 3 })]);
    expect(await sendRequest(transport, envelope, echo)).toEqual(ok({ answer: 3 }));
    expect(sent).toHaveLength(1);
  });

  it('sends the very same command again while the desk restarts', async () => {
    const { transport, sent, waits } = scriptedTransport([restarted, restarted, ok({ answer: 1 })]);
    expect(await sendRequest(transport, envelope, echo)).toEqual(ok({ answer: 1 }));
    expect(sent).toEqual([envelope, envelope, envelope]);
    expect(waits).toEqual([1, 2]);
  });

  it('gives up after five repeats and says why', async () => {
    const { transport, sent } = scriptedTransport(Array.from({ length: 9 }, () => restarted));
    expect(await sendRequest(transport, envelope, echo)).toEqual(restarted);
    expect(sent).toHaveLength(6);
  });

  it('does not repeat what failed for another reason, retryable or not', async () => {
    for (const failure of [fail('hub-unreachable', 'error.hubUnreachable', {}, true), fail('amount-zero', 'error.amountZero')]) {
      const { transport, sent } = scriptedTransport([failure, ok({ answer: 1 })]);
      expect(await sendRequest(transport, envelope, echo)).toEqual(failure);
      expect(sent).toHaveLength(1);
    }
  });

  it('turns an answer that does not fit the contract into an error', async () => {
    for (const answer of [undefined, null, 'x', { ok: true, value: { answer: 'three' } }, { ok: false }]) {
      const { transport, reports } = scriptedTransport([answer]);
      const result = await sendRequest(transport, envelope, echo);
      expect(result).toMatchObject({ ok: false, error: { code: 'unexpected', messageKey: 'error.unexpected' } });
      expect(reports).toHaveLength(1);
    }
  });
});
