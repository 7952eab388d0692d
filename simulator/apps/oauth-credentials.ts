import type { AdminCall, AdminResource } from '@/simulator/apps/admin-call';
import { appByRecordId, STAGED_LIFETIME_MS, stagedPairOf } from '@/simulator/apps/lookup';
import { rotatePair, stagePair } from '@/simulator/apps/secrets';
import { empty, json, restError, unknownToSimulator } from '@/simulator/http/respond';
import { notFound } from '@/simulator/rest/service';
import { id18 } from '@/simulator/seed/ids';
import type { SimApp, SimResponse, StagedPair } from '@/simulator/types';

/** `/apps/oauth/usage` ("OAuth Usage"): the apps, with the identifier that the other resources want. */
export const listUsage: AdminResource = ({ state, root }) =>
  json(200, {
    apps: state.org.apps.map(({ id, developerName, label }) => ({
      developerName,
      identifier: id,
      label,
      url: `${root}/apps/oauth/credentials/${id}`,
    })),
    currentPageUrl: `${root}/apps/oauth/usage`,
    nextPageUrl: null,
  });

/** `/apps/oauth/credentials/{app}` ("OAuth Credentials by App ID"): never a secret. */
export const listConsumers: AdminResource = (call) => {
  const app = appByRecordId(call.state.org, call.request.params.app ?? '');
  if (!app) return notFound();
  const url = consumerUrl(call, app);
  const consumer = {
    id: app.consumerId,
    key: app.clientId,
    name: app.label,
    stagedCredentialsUrl: `${url}/staged`,
    url,
  };
  return json(200, {
    consumers: [consumer],
    currentPageUrl: `${call.root}/apps/oauth/credentials/${app.id}`,
    nextPageUrl: null,
  });
};

/** `…/{consumer}?part=key|secret|keyandsecret`: the key when nothing is asked for. */
export const readConsumer: AdminResource = (call) => {
  const app = appOf(call);
  if (!app) return notFound();
  const part = (call.request.query.get('part') ?? 'key').toLowerCase();
  if (!['key', 'secret', 'keyandsecret'].includes(part)) {
    return restError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `Invalid value for the parameter part: ${part}`);
  }
  const refused = part === 'key' ? null : refuseSecrets(call);
  if (refused) return refused;
  return json(200, {
    id: app.consumerId,
    ...(part !== 'secret' && { key: app.clientId }),
    ...(part !== 'key' && { secret: app.clientSecret }),
  });
};

/** `…/staged`: none, or the one second pair that a consumer may have. */
export const readStaged: AdminResource = (call) => {
  const app = appOf(call);
  return app ? (refuseSecrets(call) ?? json(200, collection(call, app))) : notFound();
};

export const stage: AdminResource = (call) => {
  const app = appOf(call);
  if (!app) return notFound();
  const refused = refuseSecrets(call) ?? refuseBody(call, (value) => Object.keys(value).length === 0);
  if (refused) return refused;
  if (stagedPairOf(app, call.state.clock.now())) {
    return restError(
      400,
      'INVALID_OPERATION',
      'Staged credentials already exist for this consumer. Delete them before you stage new ones.',
    );
  }
  stagePair(call.state, app, call.session.user);
  return json(201, collection(call, app));
};

export const readStagedPair: AdminResource = (call) =>
  withPair(call, (app, pair) => json(200, describePair(call, app, pair)));

/** `{"command":"rotate"}`: the staged pair becomes the main one. */
export const changeStaged: AdminResource = (call) =>
  withPair(call, (app, pair) => {
    const refused = refuseBody(call, ({ command, ...others }) => {
      return command === 'rotate' && Object.keys(others).length === 0;
    });
    if (refused) return refused;
    if (pair.state === 'Rotated') {
      return restError(400, 'INVALID_OPERATION', 'These credentials were already rotated.');
    }
    const { state, session } = call;
    rotatePair(state, app, pair, session.user.id);
    state.setupAuditTrail.note({
      action: 'rotatedConsumerSecret',
      section: 'External Client App Manager',
      display: `Rotated the consumer secret of the external client app ${app.label}`,
    });
    return json(200, describePair(call, app, { ...pair, state: 'Rotated' }));
  });

export const discardStaged: AdminResource = (call) =>
  withPair(call, (app) => {
    app.staged = null;
    return empty(204);
  });

/** The app that the path names by its id and that of its consumer. */
function appOf({ state, request: { params } }: AdminCall): SimApp | null {
  const app = appByRecordId(state.org, params.app ?? '');
  return app && app.consumerId === id18(params.consumer ?? '') ? app : null;
}

function withPair(call: AdminCall, work: (app: SimApp, pair: StagedPair) => SimResponse): SimResponse {
  const app = appOf(call);
  const pair = app && stagedPairOf(app, call.state.clock.now());
  const refused = app && refuseSecrets(call);
  if (refused) return refused;
  return app && pair && pair.id === id18(call.request.params.pair ?? '') ? work(app, pair) : notFound();
}

function refuseSecrets({ state }: AdminCall): SimResponse | null {
  if (state.org.appSettings.secretsByRest) return null;
  return restError(403, 'FUNCTIONALITY_NOT_ENABLED', 'This feature is not currently enabled for this user.');
}

/** Without any body a live org never answers at all: said here, so that no test waits for it. */
function refuseBody(
  { request }: AdminCall,
  isKnown: (value: Record<string, unknown>) => boolean,
): SimResponse | null {
  const refuse = (words: string) => restError(400, 'JSON_PARSER_ERROR', words);
  if (request.body.trim() === '') {
    return refuse('The HTTP entity body is required, but this request has no entity body.');
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return restError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type is not supported.');
  }
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('Not an object.');
    return isKnown(value as Record<string, unknown>)
      ? null
      : unknownToSimulator('this body of staged credentials');
  } catch {
    return refuse('Unexpected character in the request body.');
  }
}

function consumerUrl({ root }: AdminCall, app: SimApp): string {
  return `${root}/apps/oauth/credentials/${app.id}/${app.consumerId}`;
}

function collection(call: AdminCall, app: SimApp) {
  const pair = stagedPairOf(app, call.state.clock.now());
  return {
    stagedCredentials: pair ? [describePair(call, app, pair)] : [],
    url: `${consumerUrl(call, app)}/staged`,
  };
}

/** "App Oauth Staged Credentials". */
function describePair(call: AdminCall, app: SimApp, pair: StagedPair) {
  const url = consumerUrl(call, app);
  return {
    createdBy: call.state.userById(pair.createdById)?.username ?? null,
    createdDate: new Date(pair.createdAt).toISOString(),
    expirationDate: new Date(pair.createdAt + STAGED_LIFETIME_MS).toISOString(),
    id: pair.id,
    key: pair.key,
    secret: pair.secret,
    stagedCredentialsUrl: `${url}/staged`,
    state: pair.state,
    url: `${url}/staged/${pair.id}`,
  };
}
