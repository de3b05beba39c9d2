import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { practiceBehaviours } from '../contract/line-channels.ts';
import { practiceBehaviour } from './practice-numbers.ts';

describe('how the practice line behaves', () => {
  it.each([
    ['+390971000123', 'answers'], ['+390828000140', 'busy'], ['0975 000 130', 'not-in-service'], ['3110000445', 'answers'], ['3110000455', 'refuses'],
    ['3110000438', 'drops'], ['0975000141', 'answers-late'], ['3110000459', 'never-answers'], ['204', 'answers'], ['2020', 'answers'],
  ] as const)('%s %s', (number, behaviour) => {
    expect(practiceBehaviour(number)).toBe(behaviour);
  });

  it('meets every behaviour among the customers of the demo, and mostly an answer', () => {
    const lines = readFileSync(new URL('../../assets/demo/acque-del-sele.csv', import.meta.url), 'utf8').split(/\r?\n/).map((line) => line.split(';'));
    const columns = ['Telefono', 'Cellulare'].map((name) => lines[0]?.indexOf(name) ?? -1);
    const numbers = new Set(lines.slice(1).flatMap((cells) => columns.map((column) => cells[column] ?? '')).filter((number) => /\d{6}/.test(number.replace(/\D/g, ''))));
    const met = [...numbers].map((number) => practiceBehaviour(number));
    expect(new Set(met)).toEqual(new Set(practiceBehaviours));
    expect(met.filter((behaviour) => behaviour === 'answers').length / met.length).toBeGreaterThan(0.5);
  });
});
