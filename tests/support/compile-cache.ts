/**
 * Lets every child process take its compiled sources from a cache: rigs that start hundreds of
 * desks and hubs would spend most of their time compiling. Nothing else changes in the children.
 */
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/project.ts';

/** Call before the first child starts. */
export function shareCompileCache(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(projectDirectory, '.cache', 'compile');
}
