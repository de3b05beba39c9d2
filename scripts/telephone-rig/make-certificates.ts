/**
 * A private certificate authority, made anew for each rig, and three certificates of it: a good one for 127.0.0.1, an expired one,
 * and one for another name.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rigProgram } from './rig-packages.ts';

/** Writes them into `folder` and answers the path of the authority's certificate. */
export function makeCertificates(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const openssl = (...parameters: string[]): void => {
    execFileSync(rigProgram('openssl'), parameters, { cwd: folder, stdio: 'pipe' });
  };
  const key = (name: string): void => { openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`); };
  key('authority');
  openssl('req', '-x509', '-new', '-key', 'authority.key', '-days', '2', '-subj', '/CN=Rig authority', '-out', 'authority.crt', '-addext', 'keyUsage=keyCertSign');
  const sign = (name: string, alternative: string, dates: readonly string[]): void => {
    key(name);
    writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName=${alternative}\n`);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'authority.crt', '-CAkey', 'authority.key', '-CAcreateserial', '-extfile', `${name}.ext`, '-out', `${name}.crt`, ...dates);
  };
  sign('exchange', 'IP:127.0.0.1,DNS:localhost', ['-days', '2']);
  // Ended yesterday: a term of minus one day.
  sign('expired', 'IP:127.0.0.1', ['-days', '-1']);
  sign('stranger', 'DNS:elsewhere.example', ['-days', '2']);
  return path.join(folder, 'authority.crt');
}
