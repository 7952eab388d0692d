import { type Fact, Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { hoursInWords } from '@/lib/format/reading-hours';
import { ACCESSES, INTROSPECTION, MEMBERSHIPS, UNCERTAIN_POLICIES } from './choices';

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
    { label: 'Redirect URI', value: redirectUri },
    { label: 'Scopes', value: scopes.join(' ') },
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
    },
  ];
  return (
    <Section title="Configuration" description="You may look at it; administrators change it.">
      <Facts facts={facts} />
    </Section>
  );
}

function labelOf<Value extends string>(
  choices: ReadonlyArray<{ value: Value; label: string }>,
  value: Value,
): string {
  return choices.find((one) => one.value === value)?.label ?? value;
}

function daysOf(days: number | null): string {
  if (days === null) return 'No limit';
  return days === 1 ? '1 day' : `${days} days`;
}
