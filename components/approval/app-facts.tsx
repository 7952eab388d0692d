import { ScopeList } from '@/components/consent/scope-list';
import { CopyField } from '@/components/forms/copy-field';
import { Facts } from '@/components/states/facts';
import type { OpenedApproval } from '@/lib/provisioning/approval/types';

const TYPES = { external_client_app: 'External Client App', connected_app: 'Connected App' } as const;

/** The app as a Salesforce administrator finds it again in Setup, and what it may do. */
export function AppFacts({ approval }: { approval: OpenedApproval }) {
  const { app, org, egressAddress, username, askedBy } = approval;
  return (
    <section aria-labelledby="app" className="space-y-4">
      <h2 id="app" className="text-base font-semibold">
        The app
      </h2>
      <Facts
        facts={[
          { label: 'Org', value: org.name === null ? org.host : `${org.name} (${org.host})` },
          {
            label: 'App',
            value: app.name === null ? TYPES[app.type] : `${app.name}, ${TYPES[app.type]}`,
            ...(app.name === null ? { hint: 'Orgdock does not know its name: go by the consumer key.' } : {}),
          },
          { label: 'For', value: username === null ? askedBy : `${askedBy} (${username})` },
          {
            label: 'Calls come from',
            value: egressAddress ?? 'Not known yet',
            hint:
              egressAddress === null
                ? 'No org has seen the portal’s outgoing address so far. Its operator knows it.'
                : 'If the org or the app restricts addresses, allow this one.',
          },
        ]}
      />
      <CopyField
        label="Consumer key"
        value={app.consumerKey}
        hint="Not secret. The secret stays in Orgdock."
      />
      <CopyField label="Callback URL" value={app.redirectUri} />
      <div>
        <h3 className="label mb-1">What the app asks for</h3>
        <ScopeList scopes={app.scopes} />
      </div>
    </section>
  );
}
