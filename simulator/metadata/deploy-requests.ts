import type { AdminCall, AdminResource } from '@/simulator/apps/admin-call';
import { json, restError, unknownToSimulator } from '@/simulator/http/respond';
import { applyComponents } from '@/simulator/metadata/apply-components';
import { checkApps, requireOauth } from '@/simulator/metadata/check-apps';
import { deployAnswer } from '@/simulator/metadata/deploy-answer';
import { deployOptionsOf } from '@/simulator/metadata/deploy-options';
import { BeyondSimulator, type Deployment } from '@/simulator/metadata/deployment';
import { readMultipart } from '@/simulator/metadata/multipart';
import { readPackage } from '@/simulator/metadata/read-package';
import { notFound } from '@/simulator/rest/service';
import { id18, makeId } from '@/simulator/seed/ids';
import type { SimResponse } from '@/simulator/types';

/** After this much simulated time a deployment is done, however often somebody looked. */
const LONGEST_MS = 10_000;

/** `POST /metadata/deployRequest` (Metadata API Developer Guide, "Deploying Metadata with REST"). */
export const startDeploy: AdminResource = ({ request, session, state }) => {
  const parts = readMultipart(request);
  const options = parts?.find(({ name }) => name === 'json' || name === 'entity_content');
  const file = parts?.find(({ name }) => name === 'file');
  if (!parts || !options || !file || parts.length !== 2) {
    return malformed('The request must have the parts json and file.');
  }
  if (!/^application\/json\b/i.test(options.contentType ?? ''))
    return malformed('The part json must be JSON.');
  if (!/^application\/zip\b/i.test(file.contentType ?? '') || !file.fileName) {
    return malformed('The part file must be a zip file with a name.');
  }
  try {
    const asked = deployOptionsOf(options.content.toString('utf8'));
    if (typeof asked === 'string') return malformed(asked);
    const { components, failures } = readPackage(file.content);
    const all = [...failures, ...checkApps(state.org, components)];
    if (all.length === 0) requireOauth(state.org, components);
    const deployment: Deployment = {
      id: makeId('0Af', state.org.orgId.slice(3, 6), 62 ** 4 + 3_100_417 + state.deployments.size * 311),
      ...asked,
      components,
      failures: all,
      createdById: session.user.id,
      createdAt: state.clock.now(),
      status: 'Pending',
      completedAt: null,
      created: [],
    };
    state.deployments.set(deployment.id, deployment);
    return json(201, deployAnswer(deployment, state.org, false));
  } catch (error) {
    if (error instanceof BeyondSimulator) return unknownToSimulator(error.message);
    throw error;
  }
};

/** `GET …/deployRequest/<id>`: each look moves it on by one step. */
export const readDeploy: AdminResource = (call) => {
  const deployment = deploymentOf(call);
  if (!deployment) return notFound();
  moveOn(call, deployment);
  const withDetails = call.request.query.get('includeDetails') === 'true';
  return json(200, deployAnswer(deployment, call.state.org, withDetails));
};

/** `PATCH …/deployRequest/<id>`: only `Canceling` may be asked for, and only before it is done. */
export const cancelDeploy: AdminResource = (call) => {
  const deployment = deploymentOf(call);
  if (!deployment) return notFound();
  const asked = statusOf(call.request.body);
  if (asked !== 'Canceling') return malformed('The status may be set to Canceling only.');
  if (deployment.completedAt !== null) {
    return restError(400, 'INVALID_ID_FIELD', 'The deployment is already completed.');
  }
  deployment.status = 'Canceling';
  return json(202, deployAnswer(deployment, call.state.org, false));
};

function deploymentOf({ state, request }: AdminCall): Deployment | null {
  return state.deployments.get(id18(request.params.id ?? '')) ?? null;
}

function moveOn({ state }: AdminCall, deployment: Deployment): void {
  const now = state.clock.now();
  if (deployment.completedAt !== null) return;
  if (deployment.status === 'Pending' && now - deployment.createdAt < LONGEST_MS) {
    deployment.status = 'InProgress';
    return;
  }
  deployment.completedAt = now;
  if (deployment.status === 'Canceling') deployment.status = 'Canceled';
  else if (deployment.failures.length > 0) deployment.status = 'Failed';
  else {
    deployment.status = 'Succeeded';
    if (!deployment.checkOnly) apply(state, deployment);
  }
}

function apply(state: AdminCall['state'], deployment: Deployment): void {
  deployment.created = applyComponents(state, deployment.components);
  for (const name of new Set(deployment.components.map(({ name }) => name))) {
    const app = deployment.components.find(
      (component) => component.name === name && component.type === 'ExternalClientApplication',
    );
    if (!app) continue;
    const verb = deployment.created.includes(name) ? 'Created' : 'Changed';
    state.setupAuditTrail.note({
      action: `${verb.toLowerCase()}ExternalClientApp`,
      section: 'External Client App Manager',
      display: `${verb} external client app ${app.values.label ?? name}`,
    });
  }
}

function statusOf(body: string): unknown {
  try {
    const value = JSON.parse(body) as { deployResult?: { status?: unknown } } | null;
    return value?.deployResult?.status;
  } catch {
    return null;
  }
}

function malformed(message: string): SimResponse {
  return restError(400, 'INVALID_MULTIPART_REQUEST', message);
}
