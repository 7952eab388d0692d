import { requireCustodian } from '@/lib/session/context';
import { KeyDryRunPage } from '../../../../account/api-keys/key-dry-run';

export const metadata = { title: 'Dry run of an API key' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ApiKeyDryRunPage({ params, searchParams }: Props) {
  const ctx = await requireCustodian();
  const { id } = await params;
  return <KeyDryRunPage ctx={ctx} id={id} base="/admin/api-keys" search={await searchParams} />;
}
