/** A tiny disk that goes when the test ends, however it ends. */
import { onTestFinished } from 'vitest';
import { TinyDisk } from '../support/tiny-disk.ts';

export type SmallDisk = TinyDisk;
export const SmallDisk = {
  create(megabytes: number): TinyDisk {
    const disk = TinyDisk.mount(megabytes);
    onTestFinished(() => { disk.unmount(); });
    return disk;
  },
};
