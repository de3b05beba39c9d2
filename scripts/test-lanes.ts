/**
 * Which suites there are, in which order they run, and which beside each other.
 *
 * Invariant: every suite that was chosen runs once. Side by side run only those of which one mostly waits for a disk or has one core's work,
 * and which look at no clock; what takes every core, shows windows or listens to calls has the machine for itself.
 */
export const vitestSuites = ['unit', 'integration', 'property', 'crash', 'disk', 'powercut', 'e2e', 'telephone'] as const;
export type VitestSuite = (typeof vitestSuites)[number];
/** In the order in which the sum names them. */
export const suites = ['lint', 'types', ...vitestSuites] as const;
export type Suite = (typeof suites)[number];

/** Each lane runs its suites one after the other. */
const lanes: readonly (readonly Suite[])[] = [['lint', 'types', 'disk'], ['unit', 'powercut']];

/** Stages one after the other; the lanes of a stage run side by side. */
export function planStages(chosen: readonly Suite[]): Suite[][][] {
  const beside = lanes.map((lane) => lane.filter((suite) => chosen.includes(suite))).filter((lane) => lane.length > 0);
  const alone = suites.filter((suite) => chosen.includes(suite) && !lanes.some((lane) => lane.includes(suite)));
  return [...(beside.length === 0 ? [] : [beside]), ...alone.map((suite) => [[suite]])];
}
