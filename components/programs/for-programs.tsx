import Link from 'next/link';
import type { ActionResult } from '@/components/forms/action-result';
import { CopyField } from '@/components/forms/copy-field';
import { Section } from '@/components/states/facts';
import type { ConnectionDetail } from '@/lib/connections/types';
import { AliasForm } from './alias-form';

interface ForProgramsProps {
  connection: Pick<ConnectionDetail, 'id' | 'alias'> & { environment: { slug: string } };
  /** Stores the field `alias`; left out for who may not. */
  changeAlias?: (form: FormData) => Promise<ActionResult>;
}

/** What a program calls this connection by. Both outlive a reconnect. */
export function ForPrograms({ connection, changeAlias }: ForProgramsProps) {
  const { id, alias, environment } = connection;
  return (
    <Section
      title="For programs"
      description={`A program with an API key names this connection by its id, or by its alias together with environment=${environment.slug}. Neither changes when it is reconnected.`}
    >
      <div className="grid gap-4 lg:grid-cols-2">
        <CopyField label="Id for programs" value={id} />
        {alias === null ? null : <CopyField label="Alias" value={alias} />}
      </div>
      {changeAlias ? (
        <div className="mt-5 max-w-md">
          <AliasForm alias={alias} change={changeAlias} />
        </div>
      ) : null}
      <Link href="/api-reference" className="mt-5 inline-block text-link underline underline-offset-4">
        API reference
      </Link>
    </Section>
  );
}
