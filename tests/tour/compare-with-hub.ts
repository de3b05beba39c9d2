/** Compares what was typed with what the hub holds: same outcomes, same cents, nothing more. */
import { z } from 'zod';
import { agreedFigures } from '../../shared/facts/agreed-figures.ts';
import { outcomeBodySchema } from '../../shared/facts/outcome-body.ts';

export interface TypedOutcome {
  customer: string;
  code: string;
  amountCents: number | null;
}

const hubFactSchema = z.looseObject({ header: z.looseObject({ id: z.string(), type: z.string() }), body: z.unknown() });

/** @param factLines `hub -- facts --json`: one fact per line */
export function compareWithHub(typed: readonly TypedOutcome[], factLines: string): { equal: boolean; sentence: string; factIds: string[] } {
  const facts = factLines.split('\n').filter((line) => line !== '').map((line) => hubFactSchema.parse(JSON.parse(line)));
  const held = facts.filter(({ header }) => header.type === 'outcome-recorded').map(({ body }) => {
    const outcome = outcomeBodySchema.parse(body);
    return `${outcome.code} ${String(agreedFigures(outcome).amountCents)}`;
  });
  const expected = typed.map(({ code, amountCents }) => `${code} ${String(amountCents)}`);
  const equal = JSON.stringify([...held].sort()) === JSON.stringify([...expected].sort());
  return {
    equal, factIds: facts.map(({ header }) => header.id),
    sentence: equal ? 'equal' : `typed [${expected.join(', ')}], at the hub [${held.join(', ')}]`,
  };
}
