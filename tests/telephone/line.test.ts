import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TelephoneAccount } from '../../shared/telephone/account.ts';
import { startLinkProxy } from './support/link-proxy.ts';
import { accountOf, call, hangUp, register, soundBothWays, useTelephone } from './support/telephone.ts';

const telephone = useTelephone();

async function comesTo(change: Partial<TelephoneAccount>, line: object): Promise<void> {
  await telephone.app.mark();
  await telephone.app.configure(accountOf(telephone, change));
  await telephone.app.next({ kind: 'line', line });
}

const registersSeen = (): number => readFileSync(path.join(telephone.rig.state, 'kamailio.log'), 'utf8').split('REGISTER of 1001').length - 1;

describe('the line', () => {
  it('refuses a wrong password once, says so, and comes back by hand with the right one', async () => {
    const before = registersSeen();
    await comesTo({ password: 'wrong' }, { name: 'refused', problem: 'wrong-credentials' });
    // Not again by itself: the next registration is the one that is asked for.
    await register(telephone);
    // Two each: without credentials, and with them.
    expect(registersSeen() - before).toBe(4);
  });

  it('keeps the password out of what it says', async () => {
    const said = await telephone.app.run(({ events, log }) => JSON.stringify([events, log]));
    expect(said).not.toContain('pw1001');
    expect(said).not.toContain('wrong"');
  });

  it('is left when that was asked for last, whatever still opens', async () => {
    await register(telephone);
    const names = await telephone.app.run(async ({ phone, events }, account) => {
      const from = events.length;
      await Promise.all([phone.configure(account), phone.configure(null)]);
      return events.slice(from).flatMap((event) => (event.kind === 'line' ? [event.line.name] : []));
    }, accountOf(telephone));
    expect(names).toEqual(['stopped']);
    await register(telephone);
  });

  it('comes back by itself when the exchange does', async () => {
    await telephone.app.mark();
    await telephone.rig.killExchange();
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'connection-lost' } });
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'refused-connection' } });
    await telephone.rig.restartExchange();
    await telephone.app.next({ kind: 'line', line: { name: 'registered', problem: null } });
  });

  it('says what is wrong with a certificate, and does not ask again for a minute', async () => {
    const { rig } = telephone;
    const secure = (port: number): string => `wss://127.0.0.1:${String(port)}`;
    await comesTo({ server: secure(rig.ports.wss) }, { name: 'waiting', problem: 'certificate-unknown' });
    await comesTo({ server: secure(rig.ports.expired), privateAuthority: rig.authority }, { name: 'waiting', problem: 'certificate-expired' });
    await comesTo({ server: secure(rig.ports.stranger), privateAuthority: rig.authority }, { name: 'waiting', problem: 'certificate-other-name' });
    const pauses = await telephone.app.run(({ events }) => events.flatMap((event) => (event.kind === 'line' && event.line.problem?.startsWith('certificate-') === true && event.line.name === 'waiting' ? [event.line.retryInMs] : [])));
    expect(pauses).toHaveLength(3);
    for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(60_000);
  });

  it('says when there is nobody, or no exchange', async () => {
    await comesTo({ server: 'ws://127.0.0.1:9' }, { name: 'waiting', problem: 'refused-connection' });
    await comesTo({ server: 'wss://exchange.invalid' }, { name: 'waiting', problem: 'unreachable' });
  });

  it('carries a call over a connection secured by a private authority', async () => {
    await register(telephone, { server: `wss://127.0.0.1:${String(telephone.rig.ports.wss)}`, privateAuthority: telephone.rig.authority });
    const callId = await call(telephone, '2001');
    await soundBothWays(telephone, callId);
    await hangUp(telephone, callId);
  });

  it('makes few attempts on a link that is dead', async () => {
    const link = await startLinkProxy(telephone.rig.ports.ws);
    await register(telephone, { server: link.url });
    link.takeCount();
    link.blackHole();
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'no-answer' } });
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'unreachable' } });
    expect(link.takeCount()).toBeLessThanOrEqual(2);
    link.restore();
    await telephone.app.run(({ phone }) => { phone.retry(); });
    await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
    await register(telephone);
    await link.close();
  });
});
