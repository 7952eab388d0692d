import type { TransactionSql } from '@/db/sql';
import type { AccessGrant } from '@/lib/salesforce/types';

/** A grant as the baselines keep it: unsealed, without audit or history, which only makes them faster. */
export interface StoredGrant extends TokenPair {
  generation: number;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  instanceUrl: string;
}

export async function readGrant(sql: TransactionSql, id: string): Promise<StoredGrant> {
  const [row] = await sql<StoredGrant[]>`
    SELECT access_token AS "accessToken", refresh_token AS "refreshToken", instance_url AS "instanceUrl", generation
      FROM bench.grants WHERE id = ${id}`;
  if (!row) throw new Error('There is no such grant.');
  return row;
}

/** Overwrites whatever is there, as the originals do. */
export async function storePair(sql: TransactionSql, id: string, pair: TokenPair): Promise<AccessGrant> {
  const [row] = await sql<[{ generation: number }]>`
    UPDATE bench.grants
       SET access_token = ${pair.accessToken}, refresh_token = ${pair.refreshToken},
           instance_url = ${pair.instanceUrl}, generation = generation + 1
     WHERE id = ${id} RETURNING generation`;
  return { accessToken: pair.accessToken, instanceUrl: pair.instanceUrl, generation: row.generation };
}
