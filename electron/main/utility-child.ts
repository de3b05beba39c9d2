/** A supervised child that is an Electron utility process. */
import { utilityProcess } from 'electron';
import type { MessagePortMain } from 'electron';
import type { ChildHandle } from './process-supervisor.ts';

/** Forks a built bundle, which may collect garbage when it rests; its log lines go to ours. */
export function forkUtility(bundle: string, serviceName: string): ChildHandle<MessagePortMain> {
  const child = utilityProcess.fork(bundle, [], { serviceName, stdio: 'inherit', execArgv: ['--expose-gc', '--max-semi-space-size=4'] });
  return {
    send: (message, ports) => {
      child.postMessage(message, ports);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.on('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
