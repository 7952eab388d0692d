import { KeyUsagePage } from '../../key-usage';
import { requireOwnKey } from '../../require-own-key';

export const metadata = { title: 'Usage of an API key' };

export default async function OwnKeyUsagePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  return <KeyUsagePage {...(await requireOwnKey(params))} base="/account/api-keys" search={searchParams} />;
}
