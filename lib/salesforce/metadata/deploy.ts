import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answerInvalid, callSalesforce } from '../client';
import type { SalesforceClient } from '../types';
import type { DeployOptions, DeployProgress } from './types';

const startedSchema = z.object({ id: z.string().regex(/^0Af[A-Za-z0-9]{12,15}$/) });

const problemSchema = z.object({
  componentType: z.string().nullish(),
  fullName: z.string().nullish(),
  fileName: z.string().nullish(),
  problem: z.string().nullish(),
  lineNumber: z.number().nullish(),
});

const resultSchema = z.object({
  deployResult: z.object({
    status: z.enum([
      'Pending',
      'InProgress',
      'Succeeded',
      'SucceededPartial',
      'Failed',
      'Canceling',
      'Canceled',
    ]),
    done: z.boolean(),
    numberComponentsDeployed: z.number().nullish(),
    numberComponentsTotal: z.number().nullish(),
    errorMessage: z.string().nullish(),
    details: z.object({ componentFailures: z.array(problemSchema).nullish() }).nullish(),
  }),
});

/**
 * Hands an archive to the org; all of it is applied, or nothing. The deployment goes on in Salesforce: `readDeploy`
 * tells how far it is. Sent once; after a lost answer the org may be deploying all the same.
 */
export async function startDeploy(
  client: SalesforceClient,
  { zip, checkOnly }: DeployOptions,
): Promise<{ id: string }> {
  const deployOptions = { singlePackage: true, rollbackOnError: true, checkOnly, ignoreWarnings: true };
  const { contentType, body } = multipart(JSON.stringify({ deployOptions }), zip);
  const answer = await callSalesforce(client, {
    method: 'POST',
    path: '/metadata/deployRequest',
    headers: { 'content-type': contentType },
    body,
  });
  const parsed = startedSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  return { id: parsed.data.id };
}

/** How far a deployment is, with Salesforce's words about each component that failed. */
export async function readDeploy(client: SalesforceClient, id: string): Promise<DeployProgress> {
  const answer = await callSalesforce(client, { path: `${pathOf(id)}?includeDetails=true` });
  const parsed = resultSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  const { deployResult } = parsed.data;
  return {
    status: deployResult.status,
    done: deployResult.done,
    deployed: deployResult.numberComponentsDeployed ?? 0,
    total: deployResult.numberComponentsTotal ?? 0,
    errors: (deployResult.details?.componentFailures ?? []).map((failure) => ({
      type: failure.componentType ?? '',
      component: failure.fullName ?? '',
      file: failure.fileName ?? '',
      problem: failure.problem ?? '',
      line: failure.lineNumber ?? null,
    })),
    message: deployResult.errorMessage ?? null,
  };
}

/** Asks the org to stop a deployment that is not done. Throws `SALESFORCE_REFUSED` when it is. */
export async function cancelDeploy(client: SalesforceClient, id: string): Promise<void> {
  await callSalesforce(client, {
    method: 'PATCH',
    path: pathOf(id),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deployResult: { status: 'Canceling' } }),
  });
}

function pathOf(id: string): string {
  if (!/^[A-Za-z0-9]{15,18}$/.test(id)) throw new TypeError('not an id of a deployment');
  return `/metadata/deployRequest/${id}`;
}

/** The two parts that the Metadata API wants (RFC 7578). */
function multipart(json: string, zip: Buffer): { contentType: string; body: Buffer } {
  const boundary = `orgdock-${randomBytes(18).toString('hex')}`;
  const head = (disposition: string, type: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${head('name="json"', 'application/json')}${json}\r\n`),
    Buffer.from(head('name="file"; filename="deploy.zip"', 'application/zip')),
    zip,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
