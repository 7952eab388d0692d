import { type Fact, Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { secondsInWords } from '@/lib/format/duration';
import { hoursInWords } from '@/lib/format/reading-hours';
import {
  ACCESSES,
  APP_TYPES,
  CLIENT_AUTHENTICATIONS,
  CLIENT_TYPES,
  INTROSPECTION,
  labelOf,
  MEMBERSHIPS,
  OUTSIDE_HOURS,
  UNCERTAIN_POLICIES,
} from './choices';

/** An environment for those who may look only: everything but the secret itself. */
export function EnvironmentFacts({
  environment,
  viewer,
}: {
  environment: EnvironmentDetail;
  viewer: Viewer;
}) {
  const { origin, clientId, redirectUri, scopes, apiVersion, secretUpdatedAt, allowSignIn } = environment;
  const facts: Fact[] = [
    { label: 'Address of the org', value: origin },
    { label: 'Kind of app', value: labelOf(APP_TYPES, environment.appType) },
    { label: 'Consumer key', value: clientId },
    {
      label: 'Consumer secret',
      value: secretUpdatedAt ? (
        <>
          Stored <Instant iso={secretUpdatedAt} viewer={viewer} />
        </>
      ) : (
        'None'
      ),
    },
    {
      label: 'Client type',
      value: labelOf(CLIENT_TYPES, environment.clientType),
      hint: labelOf(CLIENT_AUTHENTICATIONS, environment.clientAuthentication),
    },
    { label: 'Redirect URI', value: redirectUri },
    {
      label: 'Scopes',
      value: scopes.join(' '),
      ...(environment.sendScopeOnRefresh ? { hint: 'Sent with every refresh, too' } : {}),
    },
    { label: 'API version', value: apiVersion },
    { label: 'Open for signing in', value: allowSignIn ? 'Yes' : 'No' },
    { label: 'Who becomes a member', value: labelOf(MEMBERSHIPS, environment.membership) },
    { label: 'Who may use it', value: labelOf(ACCESSES, environment.access) },
    { label: 'Ends when not used for', value: daysOf(environment.idleLimitDays) },
    { label: 'Ends after', value: daysOf(environment.absoluteLimitDays) },
    {
      label: 'After a lost answer',
      value: labelOf(INTROSPECTION, environment.introspection ? 'true' : 'false'),
      hint: labelOf(UNCERTAIN_POLICIES, environment.uncertainPolicy),
    },
    {
      label: 'Reading hours',
      value: environment.readingHours ? hoursInWords(environment.readingHours) : 'At any time',
      ...(environment.readingHours
        ? { hint: `Outside of them: ${labelOf(OUTSIDE_HOURS, environment.outsideHours).toLowerCase()}` }
        : {}),
    },
    { label: 'Run-as user', value: environment.runAsUsername ?? 'Any' },
    { label: 'Contact e-mail', value: environment.contactEmail ?? 'None' },
    { label: 'Authorize parameters', value: pairsOf(environment.authorizeParameters) },
    { label: 'Token parameters', value: pairsOf(environment.tokenParameters) },
    { label: 'Token headers', value: pairsOf(environment.tokenHeaders) },
    { label: 'Authorize address', value: environment.authorizeUrl ?? 'The usual one' },
    { label: 'Token address', value: environment.tokenUrl ?? 'The usual one' },
    { label: 'Word before the token', value: environment.headerPrefix },
    {
      label: 'Left to other jobs',
      value:
        environment.apiReservePercent === 0
          ? 'No reserve'
          : `${environment.apiReservePercent} % of the org’s daily API calls`,
    },
    { label: 'Access tokens for API keys', value: environment.allowRawTokens ? 'Handed out' : 'Never' },
    {
      label: 'Waits',
      value: `${secondsInWords(environment.authenticationTimeoutSeconds)} for authentication, ${secondsInWords(environment.queryTimeoutSeconds)} for records`,
    },
  ];
  return (
    <Section title="Configuration" description="You may look at it; administrators change it.">
      <Facts facts={facts} />
    </Section>
  );
}

function pairsOf(pairs: Record<string, string>): string {
  const words = Object.entries(pairs).map(([name, value]) => `${name} = ${value}`);
  return words.length === 0 ? 'None' : words.join(', ');
}

function daysOf(days: number | null): string {
  if (days === null) return 'No limit';
  return days === 1 ? '1 day' : `${days} days`;
}
