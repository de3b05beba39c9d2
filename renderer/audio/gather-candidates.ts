/** Waits until the description names every way to this machine, for a second at most: a server that does not answer must not stop a call. */
const LONGEST_MS = 1_000;

export function gatherCandidates(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      window.clearTimeout(timer);
      peer.removeEventListener('icegatheringstatechange', look);
      resolve();
    };
    const look = (): void => {
      if (peer.iceGatheringState === 'complete') done();
    };
    const timer = window.setTimeout(done, LONGEST_MS);
    peer.addEventListener('icegatheringstatechange', look);
  });
}
