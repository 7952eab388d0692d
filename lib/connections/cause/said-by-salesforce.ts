import type { Candidate, Evidence } from '@/lib/connections/cause/types';
import { wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { ErrorCode } from '@/lib/errors';

const isCopyOfProduction = ({ environment }: Evidence) => /^(?:sandbox|uat|scratch)$/.test(environment.kind);

/** The ends that Salesforce's answer names, by our reading of its words. The first candidate is the best one. */
const READERS: Partial<Record<ErrorCode, (evidence: Evidence) => Candidate[]>> = {
  IP_RESTRICTED: () => [
    certain('ip_restricted', 'Salesforce refused the address that the portal’s requests come from.'),
  ],
  USER_INACTIVE: () => [certain('user_inactive', 'Salesforce says that the user is inactive.')],
  APP_USER_NOT_APPROVED: () => [
    certain('not_approved', 'Salesforce says that an administrator has not approved this user for the app.'),
  ],
  APP_BLOCKED: () => [certain('app_blocked', 'Salesforce says that the app is blocked.')],
  APP_NOT_INSTALLED: () => [certain('app_blocked', 'Salesforce says that the app is not there in this org.')],
  APP_FLOW_DISABLED: () => [
    certain(
      'app_blocked',
      'Salesforce says that the app, or the way in which Orgdock uses it, is switched off.',
    ),
  ],
  APP_CLIENT_ID_INVALID: (evidence) => [
    {
      cause: 'app_blocked',
      certainty: 'likely',
      evidence: [
        `Salesforce does not know the consumer key any more. It knew it on ${wordsOfTime(evidence.grant.retrievedAt)}.`,
      ],
    },
    ...(isCopyOfProduction(evidence)
      ? [possible('sandbox_refreshed', 'A refreshed sandbox may come without the app.')]
      : []),
  ],
  APP_SECRET_INVALID: (evidence) => [readSecret(evidence)],
  ORG_INACTIVE: (evidence) => [
    certain('org_closed', 'Salesforce says that the org is locked, closed or not there.'),
    ...(isCopyOfProduction(evidence)
      ? [possible('sandbox_refreshed', 'A sandbox that is being refreshed answers like this.')]
      : []),
  ],
  CONSENT_WRONG_ORG: readOtherOrg,
  HOST_NOT_ALLOWED: ({ answer, grant }) => [
    {
      cause: 'instance_moved',
      certainty: 'likely',
      evidence: [
        answer
          ? `Salesforce named ${shown(answer.instanceUrl)} as the org’s address; before, it was ${grant.instanceUrl}.`
          : 'Salesforce named an address for the org that Orgdock does not call.',
      ],
    },
  ],
  GRANT_OUTCOME_UNKNOWN: readLostAnswer,
};

/** What Salesforce's answer itself says of the end; empty when it does not say. */
export function saidBySalesforce(evidence: Evidence): Candidate[] {
  return READERS[evidence.code]?.(evidence) ?? [];
}

function readSecret({ environment, grant }: Evidence): Candidate {
  const { secretChangedAt } = environment;
  const accepted = wordsOfTime(grant.retrievedAt);
  if (secretChangedAt === null) {
    return certain('secret_rotated', 'Salesforce asks for a consumer secret, and Orgdock has none.');
  }
  if (secretChangedAt <= grant.retrievedAt) {
    return certain(
      'secret_rotated',
      `The stored secret was accepted on ${accepted} and has not been changed here since, so it was changed in Salesforce.`,
    );
  }
  return {
    cause: 'secret_rotated',
    certainty: 'likely',
    evidence: [
      `The secret was entered here on ${wordsOfTime(secretChangedAt)}, and Salesforce has not accepted it for this grant since. The one before was accepted on ${accepted}.`,
    ],
  };
}

function readOtherOrg(evidence: Evidence): Candidate[] {
  const { answer, grant } = evidence;
  const facts = [
    answer
      ? `Salesforce answered in the name of the org ${shown(answer.orgId)}; this grant belongs to ${grant.orgId}.`
      : `Salesforce answered in the name of another org than ${grant.orgId}.`,
  ];
  if (isCopyOfProduction(evidence)) {
    return [
      {
        cause: 'sandbox_refreshed',
        certainty: 'certain',
        evidence: [...facts, 'A refreshed sandbox gets a new org id at the same address.'],
      },
    ];
  }
  const doubt = 'This environment is not marked as a sandbox, so its address may lead to another org.';
  return [
    { cause: 'sandbox_refreshed', certainty: 'possible', evidence: [...facts, doubt] },
    possible('instance_moved', doubt),
  ];
}

function readLostAnswer({ inactiveAt, unsettled }: Evidence): Candidate[] {
  const [sent] = unsettled;
  const facts = sent ? [`A refresh was sent on ${wordsOfTime(sent)}, and its answer never came.`] : [];
  if (inactiveAt === null) return [{ cause: 'answer_lost', certainty: 'likely', evidence: facts }];
  const asked = `Asked on ${wordsOfTime(inactiveAt)}, Salesforce said that the refresh token does not work any more: it did that refresh.`;
  return [{ cause: 'answer_lost', certainty: 'certain', evidence: [...facts, asked] }];
}

/** Salesforce's own text, at a length that a sentence can bear. */
function shown(text: string): string {
  return text === '' ? 'nothing readable' : text.slice(0, 120);
}

function certain(cause: Candidate['cause'], ...evidence: string[]): Candidate {
  return { cause, certainty: 'certain', evidence };
}

function possible(cause: Candidate['cause'], ...evidence: string[]): Candidate {
  return { cause, certainty: 'possible', evidence };
}
