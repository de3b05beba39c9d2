/**
 * How a call comes to a colleague: at once, after a word with them, or sent on while it still rings here.
 */
export const transferWays = ['blind', 'attended', 'redirect'] as const;
export type TransferWay = (typeof transferWays)[number];
