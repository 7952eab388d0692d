import { requireCustodian } from '@/lib/session/context';
import { KeyUsagePage } from '../../../../account/api-keys/key-usage';

export const metadata = { title: 'Usage of an API key' };

export default async function ApiKeyUsagePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const ctx = await requireCustodian();
  return <KeyUsagePage ctx={ctx} id={(await params).id} base="/admin/api-keys" search={searchParams} />;
}
