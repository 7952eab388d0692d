import type { BreachReport, ReportedGrant } from '@/lib/custody/breach/report/schema';

const OUTCOMES: Record<ReportedGrant['outcome'], string> = {
  confirmed: 'ended for certain',
  ended: 'had been ended by Salesforce before',
  unsendable: 'NOT SENT, its token may be a spent one: end it in Salesforce',
  gave_up: 'NOT CONFIRMED after seven days: end it in Salesforce',
  open: 'NOT ENDED YET when the report was issued',
};

const PROOFS: Record<NonNullable<ReportedGrant['proof']>, string> = {
  introspection: 'seen by introspection',
  refused_use: 'seen by a refused use of the access token',
  answer: 'by the answer of the revoke endpoint alone',
  elsewhere: 'revoked, and the proof was not kept',
};

/** Everything that a report on a breach says, in words. Times are UTC. */
export function breachReportInWords({
  portal,
  issuedAt,
  issuedBy,
  breach,
  grants,
  auditChain,
}: BreachReport): string {
  const { scope, reason, startedBy, startedAt, finishedAt, sessions } = breach;
  return [
    `Report on the breach ${breach.id} of ${portal}`,
    '',
    `Issued:       ${issuedAt}, for ${issuedBy.name} (${issuedBy.id})`,
    `Pressed:      ${startedAt}, by ${startedBy.name} (${startedBy.id})`,
    `Scope:        ${scope.kind === 'all' ? 'everything' : `the ${scope.kind} ${scope.name} (${scope.id})`}`,
    `Reason:       ${reason}`,
    `Finished:     ${finishedAt ?? 'not yet'}`,
    `Sessions:     ${sessions.asked ? `${sessions.ended} ended` : 'none ended, as it was asked'}`,
    `Backups:      ${backupsInWords(breach)}`,
    `Audit chain:  link ${auditChain.position}, ${auditChain.hash}`,
    `              (npm run admin -- verify-audit ${auditChain.position} ${auditChain.hash})`,
    '',
    `Grants:       ${grants.length}`,
    ...grants.flatMap(grantInWords),
  ].join('\n');
}

function backupsInWords({ backups: { keptDays, mayHoldUntil } }: BreachReport['breach']): string {
  if (keptDays === null) return 'nobody has said how long they are kept: whoever keeps them must answer';
  if (mayHoldUntil === null) return `kept for ${keptDays} days, which count from the end`;
  return `kept for ${keptDays} days: they may hold the sealed tokens until ${mayHoldUntil}`;
}

function grantInWords(grant: ReportedGrant): string[] {
  const { kind, id, grantId, ownerName, environmentName, orgId, username, scopes } = grant;
  const { outcome, proof, error, endedAt, forgottenAt, nextTryAt } = grant;
  const holder = ownerName ?? (kind === 'stray' ? 'nobody known' : 'the portal itself');
  return [
    '',
    `  ${holder} · ${environmentName} · ${orgId ?? 'unknown org'} · ${username ?? 'unknown user'}`,
    `    ${kind === 'stray' ? 'grant without a connection' : 'connection'} ${id}, grant ${grantId}`,
    ...(scopes === null ? [] : [`    scopes: ${scopes.join(' ')}`]),
    `    ${OUTCOMES[outcome]}${endedAt ? `, ${endedAt}` : ''}${proof ? `, ${PROOFS[proof]}` : ''}`,
    ...(error === null ? [] : [`    said at the last try: ${error}`]),
    ...(nextTryAt === null ? [] : [`    tried again at ${nextTryAt}`]),
    `    sealed tokens: ${forgottenAt ? `deleted ${forgottenAt}` : 'not deleted yet'}`,
  ];
}
