'use client';

import { useMemo, useState } from 'react';
import { getJson } from '@/components/data-grid/rows/get-json';
import { type ActionResult, runAction } from '@/components/forms/action-result';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { ObjectList, RecordCounts } from '@/lib/records/objects/types';

/** Names that one call counts at most. */
const MAX_COUNTED = 200;

/** The objects of a connection with what the reader does to them: favourites at once, counts when asked for. */
export function useObjects(
  payload: string,
  setFavourite: (sobject: string, isFavourite: boolean) => Promise<ActionResult>,
) {
  const list = useMemo(() => JSON.parse(payload) as ObjectList, [payload]);
  const [starred, setStarred] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [counted, setCounted] = useState<RecordCounts | null>(null);
  const [counting, setCounting] = useState(false);
  const [problem, setProblem] = useState<GridFault | null>(null);

  const objects = useMemo(
    () =>
      list.objects.map((object) => ({
        ...object,
        isFavourite: starred.get(object.name) ?? object.isFavourite,
      })),
    [list, starred],
  );

  const star = async (name: string, isFavourite: boolean) => {
    setStarred((now) => new Map(now).set(name, isFavourite));
    const answer = await runAction(() => setFavourite(name, isFavourite));
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) setStarred((now) => new Map(now).set(name, !isFavourite));
  };

  const count = async (names: string[]) => {
    setCounting(true);
    const asked = [...new Set(names)].slice(0, MAX_COUNTED);
    const path = `/api/connections/${list.connectionId}/record-counts?sobjects=${asked.join(',')}`;
    const answer = await getJson<RecordCounts>(path);
    setCounting(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const none = Object.fromEntries(asked.map((name) => [name, null]));
    setCounted((before) => ({
      ...answer.body,
      counts: { ...before?.counts, ...none, ...answer.body.counts } as RecordCounts['counts'],
    }));
  };
  return { list, objects, counted, counting, problem, star, count };
}
