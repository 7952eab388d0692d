import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AppError } from '@/lib/errors';
import { isPublicAddress } from './addresses';

type ResolveAll = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveAll: ResolveAll = (hostname, callback) => {
  systemLookup(hostname, { all: true }, callback);
};

/**
 * A `lookup` for sockets that gives public addresses only. The socket connects to exactly what was checked here, so a
 * name that resolves differently a moment later (DNS rebinding) changes nothing. One private address refuses the name.
 */
export function publicLookup(resolve: ResolveAll = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error) return callback(unresolvable(hostname, error), '');
      const family = options.family === 4 || options.family === 6 ? options.family : 0;
      const usable = addresses.filter((entry) => family === 0 || entry.family === family);
      const [first] = usable;
      if (!first) return callback(unresolvable(hostname), '');
      const unsafe = usable.find((entry) => !isPublicAddress(entry.address));
      if (unsafe) return callback(notPublic(hostname), '');
      if (options.all) return callback(null, usable);
      callback(null, first.address, first.family);
    });
  };
}

function unresolvable(hostname: string, cause?: NodeJS.ErrnoException): AppError {
  return new AppError('HOST_UNRESOLVABLE', `The host name ${hostname} could not be resolved.`, {
    nextStep:
      'Check the spelling of the address. If it is right, ask your administrator to check the DNS of the portal’s network.',
    details: { host: hostname },
    ...(cause ? { cause } : {}),
  });
}

function notPublic(hostname: string): AppError {
  const reason = 'it resolves to an address inside a private network';
  return new AppError('HOST_NOT_ALLOWED', `Orgdock does not call ${hostname}: ${reason}.`, {
    nextStep:
      'Ask your administrator to check the DNS of the portal’s network: Salesforce’s hosts are public.',
    details: { address: hostname, reason },
  });
}
