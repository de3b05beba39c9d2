/**
 * A creditor's own policy: a pack with some rules made stricter.
 *
 * Invariants: a looser value is refused, with the name of the rule; what no creditor may decide (country, sources, how days are
 * told apart) cannot be changed. Changes are a part of the pack's own form: objects are merged, lists and values replace.
 */
import { z } from 'zod';
import { jsonObjectSchema } from '../../json-object.ts';
import type { Result } from '../../result.ts';
import { fail, ok } from '../../result.ts';
import type { ContactPolicy, PolicyPack } from './policy-pack.ts';
import { policyPackSchema, policyRulesSchema } from './policy-pack.ts';
import { strictness } from './strictness.ts';

/** Changes as they are kept with a creditor: rules of the pack only. */
export const policyChangesSchema = jsonObjectSchema
  .refine((changes) => Object.keys(changes).every((key) => Object.hasOwn(policyRulesSchema.shape, key)), { message: 'rules only' });

/** The stricter policy, or the first rule that would become looser; `changes` may come from a file. */
export function tightenPolicy(pack: PolicyPack, changes: unknown): Result<ContactPolicy> {
  const read = policyChangesSchema.safeParse(changes);
  if (!read.success) return unreadable(read.error);
  const merged = policyPackSchema.safeParse(merge(z.json().parse(pack), read.data));
  if (!merged.success) return unreadable(merged.error);
  const policy = merged.data;
  const looser = strictness.find(({ holds }) => !holds(pack, policy));
  if (looser !== undefined) return fail('policy-looser', looser.messageKey, { field: looser.field });
  const fixed = fixedFields(pack).find((field) => JSON.stringify(valueAt(pack, field)) !== JSON.stringify(valueAt(policy, field)));
  return fixed === undefined ? ok(policy) : fail('policy-fixed', 'error.policyFixed', { field: fixed });
}

function unreadable(error: z.ZodError): Result<ContactPolicy> {
  const issue = error.issues[0];
  return fail('policy-unreadable', 'error.policyUnreadable', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}

type Json = z.infer<ReturnType<typeof z.json>>;

function merge(base: Json, change: Json): Json {
  if (!isObject(base) || !isObject(change)) return change;
  const merged = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = base[key];
    merged[key] = before === undefined ? value : merge(before, value);
  }
  return merged;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Paths of the pack that no row of the table speaks of: they stay as they are. */
export function fixedFields(pack: PolicyPack): string[] {
  const rows = strictness.map(({ field }) => field);
  const walk = (value: unknown, path: string): string[] => {
    if (rows.includes(path) && !rows.some((field) => field.startsWith(`${path}.`))) return [];
    const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isBranch) return Object.entries(value).flatMap(([key, inner]) => walk(inner, path === '' ? key : `${path}.${key}`));
    return rows.includes(path) ? [] : [path];
  };
  return walk(pack, '');
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined), value);
}
