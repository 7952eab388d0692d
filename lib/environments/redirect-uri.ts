import { portalOrigin } from '@/lib/env';

/** The redirect URI to register in the app: one per environment, so that answers cannot be mixed up (RFC 9700 §4.4). */
export function redirectUriOf(slug: string): string {
  return `${portalOrigin()}/api/auth/callback/${slug}`;
}

/** A page of ours on which whoever is signed in connects an environment: never an authorize URL, which is for one browser. */
export function connectLinkOf(slug: string): string {
  return `${portalOrigin()}/connections/new/${slug}`;
}
