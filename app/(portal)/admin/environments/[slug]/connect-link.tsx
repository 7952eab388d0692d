import { CopyField } from '@/components/forms/copy-field';
import { Section } from '@/components/states/facts';
import { connectLinkOf } from '@/lib/environments/redirect-uri';

/** The link to send to whoever is to connect this environment. */
export function ConnectLink({ slug }: { slug: string }) {
  return (
    <Section
      title="Connect link"
      description="Leads a member to a page of this portal, through signing in, where they connect this environment. The link holds nothing secret and starts nothing by itself."
    >
      <CopyField label="Connect link" value={connectLinkOf(slug)} />
    </Section>
  );
}
