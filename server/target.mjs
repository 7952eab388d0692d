// @ts-check
import { randomBytes, randomUUID } from 'node:crypto';
import { registry } from './shutdown.mjs';

/** Where calls of programs come in; proxy.ts does not see them. */
const OF_PROGRAMS = /^\/(?:api\/v1|services)\//;

/**
 * Tells the routes of programs the request target as it was sent: Next resolves `..`, folds `//` and decodes, and what is
 * decided on must be what is passed on. The mark is known to this process only, so that a header of that name from
 * anybody else is none. Gives them their request id as well, which proxy.ts gives to all others.
 * @param {import('node:http').IncomingMessage} request changed in place, after `ownForwardedHeaders`
 */
export function passTarget(request) {
  const target = request.url ?? '';
  if (!OF_PROGRAMS.test(target)) return;
  request.headers['x-orgdock-target'] = `${targetMark()} ${target}`;
  request.headers['x-request-id'] = randomUUID();
}

/** @returns {string} */
function targetMark() {
  const { slots } = registry();
  const known = /** @type {string | undefined} */ (slots.get('server.target-mark'));
  if (known !== undefined) return known;
  const mark = randomBytes(16).toString('hex');
  slots.set('server.target-mark', mark);
  return mark;
}
