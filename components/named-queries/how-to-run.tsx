import { SnippetList } from '@/components/api-keys/detail/snippet-list';
import { Section } from '@/components/states/facts';
import type { CallableQuery } from '@/lib/broker/named-queries/types';
import { exampleCall } from './example-call';
import { ParameterTable } from './parameter-table';

/** A call to begin with, and what a program may say in it. `portal`: its origin. */
export function HowToRun({ query, portal }: { query: CallableQuery; portal: string }) {
  const code = exampleCall(portal, query);
  const hint = 'The key and the connection come from the environment of the shell.';
  return (
    <Section title="How programs run it" description="All rows, as json, ndjson or csv (parameter format).">
      <SnippetList snippets={[{ title: 'Example call', hint, code }]} />
      <div className="mt-4">
        <ParameterTable parameters={query.parameters} />
      </div>
    </Section>
  );
}
