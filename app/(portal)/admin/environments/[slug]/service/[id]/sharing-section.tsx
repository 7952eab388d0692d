import { Sharing } from '@/components/service/forms/sharing';
import { Section } from '@/components/states/facts';
import type { ServiceConnectionDetail } from '@/lib/connections/service/types';
import * as actions from '../actions';

/** Who reads through a service connection; an auditor looks only. */
export function SharingSection(props: { connection: ServiceConnectionDetail; readOnly: boolean }) {
  const { id, sharedWith, sharedWithEveryone } = props.connection;
  if (props.readOnly) {
    const names = sharedWith.map(({ displayName }) => displayName);
    return (
      <Section title="Shared with">
        <p>{sharedWithEveryone ? 'Everyone in this portal.' : names.join(', ') || 'Nobody.'}</p>
      </Section>
    );
  }
  return (
    <Section
      title="Shared with"
      description="You read through it only when it is shared with you, too. Whoever may not use the environment reads nothing."
    >
      <Sharing
        sharedWith={sharedWith}
        everyone={sharedWithEveryone}
        share={actions.shareServiceAction.bind(null, id)}
        unshare={actions.unshareServiceAction.bind(null, id)}
        shareWithEveryone={actions.shareWithEveryoneAction.bind(null, id)}
      />
    </Section>
  );
}
