/** What a process and all it started keep in memory: the sum of their proportional set sizes (shared pages count by shares). */
import { readdirSync, readFileSync } from 'node:fs';

export interface Held {
  pssMiB: number;
  /** The part that no file backs: shares of the runtime's own files grow and shrink with how many others run it. */
  anonymousMiB: number;
  processes: number;
}

export function readHeldByTree(rootPid: number): Held {
  const pids = treeOf(rootPid);
  let kib = 0;
  let anonymousKib = 0;
  let processes = 0;
  for (const pid of pids) {
    const text = readIfAlive(`/proc/${String(pid)}/smaps_rollup`);
    const pss = text === null ? null : /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
    if (pss === undefined || pss === null) continue;
    kib += Number(pss);
    anonymousKib += Number(/^Pss_Anon:\s+(\d+) kB$/m.exec(text ?? '')?.[1] ?? 0);
    processes += 1;
  }
  if (processes === 0) throw new Error(`the process ${String(rootPid)} is gone`);
  return { pssMiB: kib / 1024, anonymousMiB: anonymousKib / 1024, processes };
}

function treeOf(rootPid: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readIfAlive(`/proc/${entry}/stat`);
    // The name stands in brackets and may hold anything; the parent is the second word after it.
    const parent = stat === null ? Number.NaN : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (!Number.isNaN(parent)) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const follow = (pid: number): void => {
    found.push(pid);
    for (const child of childrenOf.get(pid) ?? []) follow(child);
  };
  follow(rootPid);
  return found;
}

/** Processes end between the listing and the reading. */
function readIfAlive(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
