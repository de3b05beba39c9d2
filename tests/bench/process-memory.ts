/** What a process and all it started keep in memory: the sum of their proportional set sizes (shared pages count by shares). */
import { readdirSync, readFileSync } from 'node:fs';

export interface Held {
  pssMiB: number;
  /** The part that no file backs: shares of the runtime's own files grow and shrink with how many others run it. */
  anonymousMiB: number;
  processes: number;
}

export function readHeldByTree(rootPid: number): Held {
  const parts = readHeldByProcess(rootPid);
  if (parts.length === 0) throw new Error(`the process ${String(rootPid)} is gone`);
  const sum = (pick: (part: HeldByOne) => number): number => parts.reduce((total, part) => total + pick(part), 0);
  return { pssMiB: sum((part) => part.pssMiB), anonymousMiB: sum((part) => part.anonymousMiB), processes: parts.length };
}

export interface HeldByOne extends Omit<Held, 'processes'> { name: string }

/** Each process of the tree, by what Chromium started it for. */
export function readHeldByProcess(rootPid: number): HeldByOne[] {
  return treeOf(rootPid).flatMap((pid) => {
    const text = readIfAlive(`/proc/${String(pid)}/smaps_rollup`);
    const pss = text === null ? undefined : /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
    if (text === null || pss === undefined) return [];
    const anonymous = /^Pss_Anon:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0;
    const line = readIfAlive(`/proc/${String(pid)}/cmdline`) ?? '';
    const name = /--utility-sub-type=([\w.]+)/.exec(line)?.[1] ?? /--type=([\w-]+)/.exec(line)?.[1] ?? 'main';
    return [{ name, pssMiB: Number(pss) / 1024, anonymousMiB: Number(anonymous) / 1024 }];
  });
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
