import type * as oauth from 'oauth4webapi';
import { clean } from './errors';
import type { ProvenSubject } from './types';

export type Claims = oauth.IDToken;

/** Whether the ID token leaves open what userinfo may say: the groups, or any name. */
export function lacksFacts(claims: Claims, groupsClaim: string | null): boolean {
  const nameless = [claims.name, claims.preferred_username, claims.email].every(
    (value) => text(value) === null,
  );
  return nameless || (groupsClaim !== null && claims[groupsClaim] === undefined);
}

/**
 * Names are for people to read only: who somebody is says the subject alone. An address that the provider calls
 * unverified is left out, as administrators and operators name people by theirs.
 */
export function readSubject(claims: Claims, groupsClaim: string | null): ProvenSubject {
  const isUnverified = claims.email_verified === false || claims.email_verified === 'false';
  const email = isUnverified ? null : text(claims.email);
  const username = text(claims.preferred_username) ?? email ?? clean(claims.sub);
  return {
    issuer: claims.iss,
    subject: claims.sub,
    username,
    displayName: text(claims.name) ?? username,
    email,
    groups: groupsClaim === null ? null : readGroups(claims[groupsClaim]),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? clean(value) || null : null;
}

/** A list of names, or one name. Anything else tells nothing. */
function readGroups(value: unknown): string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  return value.filter((entry): entry is string => typeof entry === 'string');
}
