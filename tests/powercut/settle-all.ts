/** Like `Promise.all`, except that a failure is thrown only when all have ended: nobody works on while the test tidies up. */
export async function settleAll<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
