/** Re-INVITEs against a far end that answers as it is told; the session of sip.js is a stand-in, for a timeout of RFC 3261 takes half a minute. */
import type { Session } from 'sip.js';
import { EmitterImpl, SessionState } from 'sip.js';
import { expect, it } from 'vitest';
import { createRenegotiator } from './renegotiate.ts';

type Delegate = { requestDelegate: { onAccept(): void; onReject(answer: { message: { statusCode: number } }): void } };

/** @param answers what each re-INVITE is answered with: 200 or a refusal, and whether the line is lost before */
function session(answers: readonly { status: number; isLineLost?: boolean }[]): { session: Session; losses: () => number; sent: () => number } {
  let [losses, sent] = [0, 0];
  return {
    losses: () => losses,
    sent: () => sent,
    session: {
      state: SessionState.Established,
      stateChange: new EmitterImpl<SessionState>(),
      invite: async ({ requestDelegate }: Delegate) => {
        const answer = answers[sent];
        sent += 1;
        if (answer === undefined) throw new Error('one more than expected');
        if (answer.isLineLost === true) losses += 1;
        if (answer.status === 200) requestDelegate.onAccept();
        else requestDelegate.onReject({ message: { statusCode: answer.status } });
      },
    } as unknown as Session,
  };
}

it('a timeout over which the line was lost says nothing about the call: it is sent anew', async () => {
  const far = session([{ status: 408, isLineLost: true }, { status: 200 }]);
  expect(await createRenegotiator(far.session, far.losses)()).toBe('done');
  expect(far.sent()).toBe(2);
});

it.each([[408, 'gone'], [481, 'gone'], [488, { refused: 488 }]] as const)('on a line that stood, %i means %j', async (status, result) => {
  const far = session([{ status }]);
  expect(await createRenegotiator(far.session, far.losses)()).toEqual(result);
});

it('a call that the far end does not know is gone, whatever became of the line', async () => {
  const far = session([{ status: 481, isLineLost: true }]);
  expect(await createRenegotiator(far.session, far.losses)()).toBe('gone');
});
