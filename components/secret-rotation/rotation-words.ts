import { CONSUMER_PATH } from '@/components/app-assistant/words';
import type {
  KnownBehaviour,
  RotationReach,
  SecretRotation,
  SecretRotationView,
} from '@/lib/provisioning/secret-rotation/types';

const DAY_MS = 86_400_000;

/** How old the secret is. What to make of that: `SECRET_ADVICE`. */
export function ageWords(secretSince: string, now: string): string {
  const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(secretSince)) / DAY_MS));
  return days === 0 ? 'less than a day old' : `${countOf(days, 'day')} old`;
}

/** Whom it meets when the org revokes every grant, in one sentence. */
export function reachWords(reach: RotationReach): string {
  const { people, connections, bootstrap, service } = reach;
  if (connections + bootstrap === 0) return 'Nobody holds a grant of this app, so nobody has to reconnect.';
  const who = [
    ...(connections > 0
      ? [`${countOf(people, 'person', 'people')} (${countOf(connections, 'connection')})`]
      : []),
    ...(bootstrap > 0 ? [countOf(bootstrap, 'set-up grant')] : []),
  ].join(' and ');
  const services =
    service > 0
      ? ` ${countOf(service, 'service connection')} ${service === 1 ? 'gets' : 'get'} a new access token without anybody’s help.`
      : '';
  return `${who} will have to reconnect.${services}`;
}

/** What is known of the org before the click. `isWarning`: somebody may have to reconnect. */
export function warningWords(
  { behaviour, evidence }: KnownBehaviour,
  reach: RotationReach,
): { title: string; text: string; isWarning: boolean } {
  const proof = evidence === null ? '' : ` ${evidence}`;
  if (behaviour === 'keeps_old') {
    return {
      title: 'In this org grants live on',
      text: `The old secret goes on working for 30 days, and nobody has to reconnect.${proof}`,
      isWarning: false,
    };
  }
  if (behaviour === 'revokes_all') {
    const isWarning = reach.connections + reach.bootstrap > 0;
    return { title: 'This org ends every grant', text: `${reachWords(reach)}${proof}`, isWarning };
  }
  if (reach.connections + reach.bootstrap === 0) {
    return { title: 'Nobody is affected', text: reachWords(reach), isWarning: false };
  }
  return {
    title: 'This org may end every grant',
    text: `Some orgs keep the old secret for 30 days, others revoke all tokens of the app when a secret is applied, and nothing has shown yet which one this is. If it revokes: ${reachWords(reach)}`,
    isWarning: true,
  };
}

/** What comes next in an open rotation. */
export function nextStepWords({ open, appType, ownConnectionId }: SecretRotationView): {
  title: string;
  text: string;
} {
  if (open === null) return { title: '', text: '' };
  if (open.appliedAt === null) {
    return {
      title: 'Next: apply the new secret',
      text: 'It lies in the vault and is not sent to Salesforce yet. From then on Orgdock sends it first, and the old one when it is refused.',
    };
  }
  if (open.source === 'staged_credentials' && open.orgRotated === null) {
    return {
      title: 'Next: ask the org what it did',
      text: 'The org was told to rotate, and its answer did not arrive, or Orgdock stopped before it asked. Calls go on with both secrets meanwhile.',
    };
  }
  if (open.source === 'staged_credentials' && open.orgRotated === false) {
    return {
      title: 'Next: tell the org again, or cancel',
      text: 'The org’s main secret is still the old one. A secret that is only staged there dies after 30 days, so Orgdock keeps both.',
    };
  }
  const inSalesforce =
    open.source === 'pasted'
      ? `If you have not yet, apply it in Salesforce now: ${CONSUMER_PATH[appType]} → Apply. It takes Salesforce 2 to 10 minutes. `
      : '';
  return {
    title: 'Next: wait for the first success',
    text: `${inSalesforce}The next refresh in this environment tries the new secret, and its success deletes the old one.${ownConnectionId ? ' You can refresh your own connection now instead of waiting.' : ' A consent of yours does so as well.'}`,
  };
}

interface TimelineStep {
  label: string;
  /** ISO instant; null: not yet. */
  at: string | null;
  hint: string | null;
}

/** The four steps of a rotation. */
export function timelineOf(rotation: SecretRotation): TimelineStep[] {
  const { source, startedBy, stagedAt, appliedAt, orgRotated, retiredAt, behaviour, behaviourEvidence } =
    rotation;
  const by = startedBy ? ` by ${startedBy}` : '';
  return [
    {
      label: 'New secret staged',
      at: stagedAt,
      hint: source === 'pasted' ? `Pasted${by}.` : `Made by the org, asked${by}.`,
    },
    {
      label: 'Applied: Orgdock sends it first',
      at: appliedAt,
      hint: appliedAt === null || source === 'pasted' ? null : toldWords(orgRotated),
    },
    {
      label: 'Accepted by Salesforce',
      at: retiredAt,
      hint: behaviour === 'unknown' ? null : behaviourEvidence,
    },
    { label: 'Old secret deleted', at: retiredAt, hint: null },
  ];
}

function toldWords(orgRotated: boolean | null): string {
  if (orgRotated === null) return 'Whether the org has rotated is not known.';
  return orgRotated ? 'The org has rotated.' : 'The org has not rotated.';
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
