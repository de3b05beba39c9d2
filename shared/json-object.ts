/**
 * An object as `JSON.parse` made it.
 *
 * Invariant: only for what was parsed from JSON text a moment ago. Then every value inside is JSON already, and looking
 * through all of them again costs more than everything else of reading a fact.
 */
import { z } from 'zod';

export type JsonObject = Record<string, z.core.util.JSONType>;

export const jsonObjectSchema = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
