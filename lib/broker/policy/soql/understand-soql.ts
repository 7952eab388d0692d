import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { ObjectsOfOrg } from '@/lib/broker/policy/soql/objects-of-org';
import { NotUnderstood, tokensOf } from '@/lib/broker/policy/soql/tokens';
import { Touches } from '@/lib/broker/policy/soql/touches';
import { addTouchesOfBlocks } from '@/lib/broker/policy/soql/touches-of-blocks';
import { type WrittenBack, writeBack } from '@/lib/broker/policy/soql/write-back';
import type { Describe, Understanding } from '@/lib/broker/policy/types';
import type { Operation } from '@/lib/broker/types';

/**
 * What a SOQL statement touches. `describe` null: the policy limits no objects, so nobody asks where relationships
 * lead; a path then stays as it is written, and no limit of objects or fields would ever let it pass.
 */
export async function understandSoql(soql: string, describe: Describe | null): Promise<Understanding> {
  const touches = new Touches();
  try {
    const unclear = await addTouchesOfSoql(touches, soql, describe && new ObjectsOfOrg(describe), 'query');
    const list = touches.list();
    const reads = list.every(({ operation }) => operation === 'query');
    return { touches: list, family: null, rows: null, locator: null, reads, ...(unclear ? { unclear } : {}) };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { refused: 'not_understood', reason: `The SOQL could not be understood. ${error.message}` };
  }
}

/** Adds what a statement touches; gives why part of it cannot be told, or null. Throws `NotUnderstood`. */
export async function addTouchesOfSoql(
  touches: Touches,
  soql: string,
  objects: ObjectsOfOrg | null,
  operation: Operation,
): Promise<string | null> {
  const { blocks } = readSoql(soql);
  await addTouchesOfBlocks(touches, blocks, objects, operation);
  return blocks.find(({ unclear }) => unclear !== null)?.unclear ?? null;
}

/**
 * Parses a statement and writes it back: what the parser drops or misreads (it loses the condition of `HAVING (NOT …)`)
 * makes a difference, and is refused.
 */
function readSoql(soql: string): WrittenBack {
  const said = tokensOf(soql);
  const written = writeBack(parse(soql));
  const at = said.findIndex((token, index) => token !== written.tokens[index]);
  if (at >= 0 || said.length !== written.tokens.length) {
    const near = said.slice(Math.max(0, at), at + 4).join(' ');
    throw new NotUnderstood(`It says more than can be read: near “${near.slice(0, 80)}”.`);
  }
  return written;
}

function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new NotUnderstood(`The parser says: “${line.slice(0, 200)}”.`);
  }
}
