/**
 * Lets every process that a test starts take its compiled sources from a cache: hubs and desks are started by the hundred, and half of what a
 * start costs is compiling. The cache goes by what the sources say; nothing else changes in those who use it.
 *
 * Imported first by whoever starts processes: it sets what they inherit.
 */
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/project.ts';

process.env['NODE_COMPILE_CACHE'] ??= join(projectDirectory, '.cache', 'compile');
