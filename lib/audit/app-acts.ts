import { z } from 'zod';
import { act, fault, text } from '@/lib/audit/act';

/** Acts on the app of an environment. */
export const APP_ACTS = [
  /** The metadata of its app left as a file. */
  act('environment.app_pack', 'environment', {
    developerName: text,
    version: text,
    permittedUsers: text,
    permissionSet: text.nullable(),
  }),
  act('environment.app_deploy', 'environment', {
    deploymentId: text,
    state: z.enum(['started', 'cancelling', 'cancelled', 'succeeded', 'failed', 'unknown']),
    developerName: text,
    connectionId: text.nullable(),
    orgId: text.optional(),
    ...fault,
  }),
  /** Key and secret of the app, read from the org or typed in. */
  act('environment.app_credentials', 'environment', {
    from: z.enum(['org', 'typed']),
    clientId: text,
    clientIdBefore: text,
    secretStored: z.boolean(),
    activated: z.boolean(),
  }),
  /** The app's settings were read from the org. */
  act('environment.app_read', 'environment', { connectionId: text, differences: z.array(text) }),
  /** A code is exchanged by hand, to look at the answer, and its grant given back: before it is sent, and at its end. */
  act('environment.exchange_code', 'environment', {
    state: z.enum(['started', 'finished']),
    clientId: text,
    redirectUri: text,
    storedSecret: z.boolean(),
    code: text.optional(),
    revoked: z.boolean().optional(),
    ...fault,
  }),
] as const;
