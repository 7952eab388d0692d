import { CopyButton } from '@/components/forms/copy-field';
import { Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ConnectionDetail } from '@/lib/connections/types';

interface ConnectionFactsProps {
  connection: ConnectionDetail;
  viewer: Viewer;
  /** Who used it last; null: nobody that is known. */
  usedBy: string | null;
}

/** Everything there is to know about a connection, but never a token. */
export function ConnectionFacts({ connection, viewer, usedBy }: ConnectionFactsProps) {
  const c = connection;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Section title="Org and user">
        <Facts
          facts={[
            { label: 'Connection id', value: <Code value={c.id} label="Copy connection id" /> },
            { label: 'Environment', value: c.environment.name },
            { label: 'Organization', value: c.orgName ?? 'Name not known' },
            { label: 'Organization id', value: <Code value={c.orgId} label="Copy organization id" /> },
            { label: 'User', value: c.userDisplayName },
            { label: 'Username', value: c.username },
            { label: 'User id', value: <Code value={c.salesforceUserId} label="Copy user id" /> },
            {
              label: 'Instance',
              value: (
                <a
                  href={c.instanceUrl}
                  target="_blank"
                  rel="noopener noreferrer"
                  className="inline-link break-all"
                >
                  {c.instanceUrl}
                </a>
              ),
              hint: 'Where records are read.',
            },
            { label: 'Locale', value: c.locale ?? 'Not known', hint: 'As set in Salesforce.' },
            { label: 'Time zone', value: c.timeZone ?? 'Not known', hint: 'As set in Salesforce.' },
          ]}
        />
      </Section>
      <Section title="Grant" description="Tokens stay sealed in the vault. No page ever shows one.">
        <Facts
          facts={[
            {
              label: 'Scopes',
              value: (
                <ul className="flex flex-wrap gap-1.5">
                  {c.scopes.map((scope) => (
                    <li
                      key={scope}
                      className="rounded-md bg-default px-1.5 py-px font-mono text-xs leading-5"
                    >
                      {scope}
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              label: 'Token host',
              value: <span className="break-all">{c.tokenHost}</span>,
              hint: 'Only this host ever gets the refresh token.',
            },
            {
              label: 'Consented',
              value: <Instant iso={c.consentedAt} viewer={viewer} exact />,
            },
            {
              label: 'Last refreshed',
              value: <Instant iso={c.retrievedAt} viewer={viewer} exact />,
              hint: 'When the current tokens were retrieved. An access token is short-lived: it ends with the session timeout of the org, 2 hours unless changed there, and Orgdock then gets a new one.',
            },
            {
              label: 'Generation',
              value: <span className="tabular-nums">{c.generation}</span>,
              hint: 'Counts the token pairs of this grant. It grows by one with every refresh.',
            },
            { label: 'Connected', value: <Instant iso={c.createdAt} viewer={viewer} exact /> },
            {
              label: 'Last used',
              value: c.lastUsedAt ? (
                <>
                  <Instant iso={c.lastUsedAt} viewer={viewer} exact />
                  {usedBy ? ` by ${usedBy}` : null}
                </>
              ) : (
                'Not used yet'
              ),
            },
            { label: 'API version', value: c.apiVersion },
          ]}
        />
      </Section>
    </div>
  );
}

function Code({ value, label }: { value: string; label: string }) {
  return (
    <span className="-my-1 flex items-center gap-1">
      <code className="font-mono text-[0.8125rem] break-all">{value}</code>
      <CopyButton value={value} label={label} />
    </span>
  );
}
