/**
 * How a channel between a page and the desk is declared: once, with input and output.
 *
 * Invariant: client types, handler types and checks on both sides derive from the contract;
 * a name that is not in it cannot be called, and input that does not parse is an error.
 */
import type { z } from 'zod';

export interface Channel<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  input: Input;
  output: Output;
}

/** Declares a channel, keeping the exact types of its schemas. */
export function channel<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output): Channel<Input, Output> {
  return { input, output };
}

export type ChannelMap = Record<string, Channel>;
/** What a caller passes. */
export type InputOf<Map extends ChannelMap, Name extends keyof Map> = z.input<Map[Name]['input']>;
/** What a handler receives, parsed. */
export type ParsedInputOf<Map extends ChannelMap, Name extends keyof Map> = z.output<Map[Name]['input']>;
export type OutputOf<Map extends ChannelMap, Name extends keyof Map> = z.output<Map[Name]['output']>;
