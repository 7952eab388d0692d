import type { ConsumerPath } from './types';

/** The credentials of an app, below `/services/data/vXX.X`. */
export function appPath(appId: string): string {
  return `/apps/oauth/credentials/${requireId(appId)}`;
}

export function consumerPath({ appId, consumerId }: ConsumerPath): string {
  return `${appPath(appId)}/${requireId(consumerId)}`;
}

/** The second pairs of a consumer, or one of them. */
export function stagedPath(path: ConsumerPath, stagedId?: string): string {
  const staged = `${consumerPath(path)}/staged`;
  return stagedId === undefined ? staged : `${staged}/${requireId(stagedId)}`;
}

function requireId(id: string): string {
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(id)) throw new TypeError('not an id of Salesforce');
  return id;
}
