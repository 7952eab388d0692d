import { CopyField } from '@/components/forms/copy-field';
import { Section } from '@/components/states/facts';
import { connectLinkOf } from '@/lib/environments/redirect-uri';

/** The link to send to whoever is to connect this environment. */
export function ConnectLink({ slug }: { slug: string }) {
  return (
    <Section
      title="Address for members"
      description="Leads a member to a page of this portal, through signing in, where they connect this environment for themselves. It holds nothing secret and starts nothing by itself."
    >
      <CopyField label="Address for members" value={connectLinkOf(slug)} />
    </Section>
  );
}
