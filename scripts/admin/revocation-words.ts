import type {
  LeftGrant,
  NamedCount,
  ProofOrElsewhere,
  RevocationPreview,
  RevocationProgress,
  RevocationReport,
} from '@/lib/custody/types';

const MOST_NAMES = 20;

/** Exactly what revoking will do. */
export function previewInWords(subject: string, preview: RevocationPreview): string {
  const { connections, serviceConnections, owners, environments, waiting, strayGrants, unsendable } = preview;
  return [
    `Revokes every grant of ${subject}:\n`,
    `  ${connectionsInWords(connections)} disconnected and revoked at the org`,
    ...named('of', owners),
    ...(serviceConnections > 0
      ? [`    of the portal itself: ${connectionsInWords(serviceConnections)}`]
      : []),
    ...named('in', environments),
    `  ${waiting} disconnected before and not confirmed: asked again`,
    `  ${strayGrants} without a connection and not confirmed: asked again`,
    ...(unsendable > 0
      ? [
          `  ${unsendable} disconnected before, whose stored token may be a spent one: not sent, end them in Salesforce`,
        ]
      : []),
    '\nNobody reads anything through them any more; people connect again by a new consent.',
  ].join('\n');
}

function connectionsInWords(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}

function named(word: string, counts: NamedCount[]): string[] {
  const lines = counts
    .slice(0, MOST_NAMES)
    .map(({ name, connections }) => `    ${word} ${name}: ${connectionsInWords(connections)}`);
  const more = counts.length - MOST_NAMES;
  return more > 0 ? [...lines, `    and ${more} more`] : lines;
}

/** How far it has come, in one line. */
export function progressInWords({ done, total, confirmed, unconfirmed }: RevocationProgress): string {
  return `${done} of ${total} · ${confirmed} confirmed · ${unconfirmed} not confirmed`;
}

const PROOFS: Record<ProofOrElsewhere, string> = {
  introspection: 'by introspection',
  refused_use: 'by a refused use of the access token',
  answer: 'by the answer of the revoke endpoint alone',
  elsewhere: 'by another process of this portal',
};

/** What it came to: how many ended and how that was seen, and each one that may be alive still, with the reason. */
export function reportInWords({ confirmed, ended, left }: RevocationReport): string {
  const proofs = Object.entries(confirmed) as Array<[ProofOrElsewhere, number]>;
  const total = proofs.reduce((sum, [, count]) => sum + count, 0);
  return [
    `\nConfirmed: ${total}`,
    ...proofs.filter(([, count]) => count > 0).map(([proof, count]) => `  ${count} ${PROOFS[proof]}`),
    ...(ended > 0 ? [`Had ended before: ${ended}`] : []),
    `Not confirmed: ${left.length}`,
    ...left.map(leftInWords),
  ].join('\n');
}

function leftInWords({ label, why, nextAt }: LeftGrant): string {
  return `  ${label}\n    ${why}${nextAt === null ? '' : `; tried again at ${nextAt}`}`;
}
