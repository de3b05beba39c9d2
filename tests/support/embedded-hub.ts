/** Where the hub that an app carries listens: asked of the system, since no window tells it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { AppProcess } from './app-process.ts';

/** Among the ports on which the app's processes listen, the one that answers as a hub. */
export async function embeddedHubUrl({ app }: AppProcess): Promise<string> {
  for (const port of listeningPorts(processTree(app.process().pid ?? 0))) {
    const url = `http://127.0.0.1:${String(port)}`;
    const answer = await fetch(`${url}/v1/hub`).catch(() => null);
    if (answer?.ok === true) return url;
  }
  throw new Error('no hub listens in this app');
}

function processTree(root: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), parent: Number(readOr(`/proc/${name}/stat`).replace(/^.*\) /s, '').split(' ')[1]) }));
  const tree = [root];
  for (const pid of tree) tree.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return tree;
}

function listeningPorts(pids: readonly number[]): number[] {
  const sockets = new Set(pids.flatMap((pid) => linksOf(`/proc/${String(pid)}/fd`)));
  return readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1).map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(`socket:[${inode ?? ''}]`))
    .map(([, address]) => Number.parseInt(address?.split(':')[1] ?? '0', 16));
}

/** A process may be gone meanwhile. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linksOf(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`));
  } catch {
    return [];
  }
}
