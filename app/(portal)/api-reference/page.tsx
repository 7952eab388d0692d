import { KeyHolder } from '@/components/api-reference/key-holder';
import { OperationSection } from '@/components/api-reference/operation-section';
import { ProblemList } from '@/components/api-reference/problem-list';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';
import { listProblems } from '@/lib/broker/openapi/problems';
import { listReference } from '@/lib/broker/openapi/reference/list-reference';
import { portalOrigin } from '@/lib/env';
import { requireContext } from '@/lib/session/context';

export const metadata = { title: 'API reference' };

export default async function ApiReferencePage() {
  const { role } = await requireContext();
  const groups = listReference(portalOrigin());
  return (
    <Page
      title="API reference"
      description="Other applications call Salesforce through Orgdock with an API key. A key acts as its owner, within its policy."
      actions={
        <>
          {role === 'auditor' ? null : (
            <LinkButton href="/account/api-keys" variant="tertiary">
              My API keys
            </LinkButton>
          )}
          <LinkButton href="/api/v1/openapi.json" prefetch={false}>
            OpenAPI document
          </LinkButton>
        </>
      }
    >
      <nav aria-label="On this page" className="mb-6">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {[...groups.map(({ tag }) => tag), 'Problems'].map((title) => (
            <li key={title}>
              <a href={`#${anchorOf(title)}`} className="text-link underline underline-offset-4">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <KeyHolder>
        <div className="space-y-6">
          {groups.map(({ tag, operations }) => (
            <div key={tag} id={anchorOf(tag)} className="scroll-mt-24">
              <Section title={tag}>
                <div className="divide-y divide-separator">
                  {operations.map((operation) => (
                    <OperationSection key={operation.operationId} operation={operation} />
                  ))}
                </div>
              </Section>
            </div>
          ))}
          <div id={anchorOf('Problems')} className="scroll-mt-24">
            <Section
              title="Problems"
              description="Errors are application/problem+json (RFC 9457). Switch on the code; the type of a problem leads here."
            >
              <ProblemList problems={listProblems()} />
            </Section>
          </div>
        </div>
      </KeyHolder>
    </Page>
  );
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
