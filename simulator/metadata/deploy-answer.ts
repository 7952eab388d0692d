import { salesforceDateTime } from '@/simulator/data/world';
import type { Component, ComponentFailure, Deployment } from '@/simulator/metadata/deployment';
import type { SimOrg } from '@/simulator/types';

/** A deployRequest as REST answers it: `deployResult` with its counts, and the components when asked for. */
export function deployAnswer(deployment: Deployment, org: SimOrg, withDetails: boolean) {
  const { id, status, checkOnly, ignoreWarnings, components, failures, createdById } = deployment;
  const done = deployment.completedAt !== null;
  const creator = org.users.find((user) => user.id === createdById);
  const failed = new Set(failures.map(({ fileName, name }) => `${fileName} ${name}`)).size;
  const deployResult = {
    checkOnly,
    createdBy: createdById,
    createdByName: creator ? `${creator.firstName} ${creator.lastName}` : null,
    createdDate: salesforceDateTime(deployment.createdAt),
    ...(deployment.completedAt !== null && { completedDate: salesforceDateTime(deployment.completedAt) }),
    ...(withDetails && { details: done ? detailsOf(deployment) : NO_DETAILS }),
    done,
    id,
    ignoreWarnings,
    numberComponentErrors: done && status === 'Failed' ? failed : 0,
    numberComponentsDeployed: status === 'Succeeded' ? components.length : 0,
    numberComponentsTotal: Math.max(components.length, failed),
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: true,
    runTestsEnabled: false,
    status,
    success: status === 'Succeeded',
  };
  return { id, deployResult };
}

const NO_DETAILS = { componentFailures: [], componentSuccesses: [] };

function detailsOf(deployment: Deployment) {
  if (deployment.status === 'Succeeded') {
    const componentSuccesses = deployment.components.map((component) => successOf(deployment, component));
    return { componentFailures: [], componentSuccesses };
  }
  const failures = deployment.status === 'Failed' ? deployment.failures : [];
  return {
    componentFailures: failures.map((failure) => failureOf(deployment, failure)),
    componentSuccesses: [],
  };
}

function successOf(deployment: Deployment, { type, name, fileName }: Component) {
  const created = deployment.created.includes(name);
  return {
    changed: true,
    componentType: type,
    created,
    createdDate: salesforceDateTime(deployment.completedAt ?? deployment.createdAt),
    deleted: false,
    fileName,
    fullName: name,
    success: true,
    warning: false,
  };
}

function failureOf(deployment: Deployment, { type, name, fileName, line, problem }: ComponentFailure) {
  return {
    changed: false,
    ...(line !== null && { columnNumber: 1, lineNumber: line }),
    componentType: type,
    created: false,
    createdDate: salesforceDateTime(deployment.completedAt ?? deployment.createdAt),
    deleted: false,
    fileName,
    fullName: name,
    problem,
    problemType: 'Error',
    success: false,
    warning: false,
  };
}
