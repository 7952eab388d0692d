import { describe, expect, it } from 'vitest';
import type { LiveObject, LiveRow } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { createDataService } from '@/simulator/rest/service';
import { makeId } from '@/simulator/seed/ids';
import { dataBench, NOON } from '@/simulator/testing/data-service';

const bench = dataBench(undefined, 3, 3);
const [ada, grace] = [bench.user('ada'), bench.user('grace')];

/** A log of who rang the bell: only Ada may read it, and she sees every ring. */
function startBell() {
  const rings: LiveRow[] = [];
  const object: LiveObject = {
    definition: {
      name: 'Ring',
      label: 'Ring',
      labelPlural: 'Rings',
      keyPrefix: '0Xx',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'Ring ID', 'id', 18, 'afsgdi'),
        field('Volume', 'Volume', 'int', 3, 'afsng'),
        lookup('UserId', 'User ID', 'User', 'User', 'afsng'),
      ],
      children: [],
      scopes: [],
    },
    isFor: (user) => user.id === ada.id,
    rows: () => rings,
  };
  const { data, engine } = createDataService(bench.org, [object]);
  const ring = (Volume: number, UserId: string | null) =>
    rings.push({ id: makeId('0Xx', 'dM0', rings.length + 1), cells: { Volume, UserId } });
  const query = (soql: string, user = ada) => {
    const result = engine.run(soql, user, NOON);
    if (result.kind !== 'rows') throw new Error(`a ${result.kind} has no rows`);
    return Array.from({ length: result.total }, (_, index) =>
      result.select.map((path) => path.read(result.rows?.[index] ?? index)),
    );
  };
  return { data, ring, query };
}

describe('a live table', () => {
  it('shows the rows of the moment, in whatever order is asked for', () => {
    const { ring, query } = startBell();
    const sorted = 'SELECT Volume FROM Ring ORDER BY Volume DESC';
    expect(query(sorted)).toEqual([]);
    ring(3, ada.id);
    ring(9, ada.id);
    expect(query(sorted)).toEqual([[9], [3]]);
    ring(5, null);
    expect(query(sorted)).toEqual([[9], [5], [3]]);
    expect(query('SELECT Volume FROM Ring WHERE Volume > 4 ORDER BY Volume')).toEqual([[5], [9]]);
  });

  it('leads to the records that its lookups name', () => {
    const { ring, query } = startBell();
    ring(1, grace.id);
    ring(2, null);
    expect(query('SELECT User.Username, UserId FROM Ring ORDER BY Volume')).toEqual([
      [grace.username, grace.id],
      [null, null],
    ]);
  });

  it('does not exist for who may not see it', () => {
    const { data, query } = startBell();
    expect(() => query('SELECT Id FROM Ring', grace)).toThrow("sObject type 'Ring' is not supported");
    expect(data.table('ring', grace)).toBeNull();
    expect(data.tablesOf(grace).map(({ definition }) => definition.name)).not.toContain('Ring');
    expect(data.tablesOf(ada).map(({ definition }) => definition.name)).toContain('Ring');
  });
});
