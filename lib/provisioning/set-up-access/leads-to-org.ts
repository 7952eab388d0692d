/** Whether a grant leads to the org that an environment is pinned to, or else to the one at its address. */
export function leadsToOrg(
  grant: { orgId: string; tokenHost: string; instanceUrl: string },
  { origin, expectedOrgId }: { origin: string; expectedOrgId: string | null },
): boolean {
  if (expectedOrgId !== null) return grant.orgId === expectedOrgId;
  return [grant.tokenHost, grant.instanceUrl].includes(origin);
}
