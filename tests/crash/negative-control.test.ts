/**
 * The rig must find what it looks for: a desk that acknowledges before it commits loses facts
 * when it is killed, and the simulation says so and fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { newRandomHex } from '../../shared/id.ts';

async function simulate(args: string[]): Promise<{ code: number | null; result: unknown }> {
  const child = spawn(process.execPath, ['tests/simulate/main.ts', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, result: JSON.parse(output) };
}

const seed = String(Number.parseInt(newRandomHex(4), 16));

it('finds that a desk which acknowledges before it commits loses facts', async () => {
  console.log(`seed ${seed}`);
  const { code, result } = await simulate(['--operators', '2', '--facts', '80', '--seed', seed, '--break', 'ack-before-commit', '--json']);
  expect(code).toBe(1);
  expect(result).toMatchObject({ acknowledged: 80, duplicated: 0, chainOk: true });
  expect((result as { lost: number }).lost).toBeGreaterThan(0);
});

it('finds nothing wrong with the product under every fault', async () => {
  const { code, result } = await simulate(['--operators', '2', '--facts', '160', '--seed', seed, '--faults', 'all', '--json']);
  expect(result).toMatchObject({ operators: 2, acknowledged: 160, atHub: 160, lost: 0, duplicated: 0, chainOk: true });
  const { injected } = result as { injected: { kills: number; cuts: number; lostAnswers: number } };
  expect(injected.kills).toBeGreaterThan(2);
  // A short run may draw no lost answer; the line was disturbed one way or the other.
  expect(injected.cuts + injected.lostAnswers).toBeGreaterThan(0);
  expect(code).toBe(0);
});
