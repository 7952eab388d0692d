import { CopyField } from '@/components/forms/copy-field';
import { type Fact, Facts, Section } from '@/components/states/facts';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { hoursInWords } from '@/lib/format/reading-hours';
import { ACCESSES, APP_TYPES, labelOf, OUTSIDE_HOURS } from './choices';

/** The most important of an environment, on its first page; the rest is under Settings. */
export function EnvironmentOverview({ environment }: { environment: EnvironmentDetail }) {
  const { origin, clientId, clientType, hasSecret, readingHours } = environment;
  const secret = clientType === 'public' ? 'public client' : hasSecret ? 'secret stored' : 'no secret';
  const facts: Fact[] = [
    { label: 'Address of the org', value: origin || 'Not known yet' },
    {
      label: 'App',
      value: labelOf(APP_TYPES, environment.appType),
      hint: clientId ? `${clientId}, ${secret}` : 'No consumer key yet',
    },
    { label: 'API version', value: environment.apiVersion },
    { label: 'Who may use it', value: labelOf(ACCESSES, environment.access) },
    { label: 'Open for signing in', value: environment.allowSignIn ? 'Yes' : 'No' },
    ...(readingHours
      ? [
          {
            label: 'Reading hours',
            value: hoursInWords(readingHours),
            hint: `Outside of them: ${labelOf(OUTSIDE_HOURS, environment.outsideHours).toLowerCase()}`,
          },
        ]
      : []),
    ...(environment.runAsUsername ? [{ label: 'Run-as user', value: environment.runAsUsername }] : []),
    ...(environment.contactEmail ? [{ label: 'Contact e-mail', value: environment.contactEmail }] : []),
  ];
  return (
    <Section title="Summary">
      <div className="space-y-4">
        <Facts facts={facts} />
        <CopyField label="Redirect URI" value={environment.redirectUri} />
      </div>
    </Section>
  );
}
