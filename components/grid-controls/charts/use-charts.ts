'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson, type JsonAnswer } from '@/components/data-grid/rows/get-json';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { Chart, ChartChoice, ChartChoices } from '@/lib/records/charts/types';

export interface ChartsModel {
  /** Null: not known yet. */
  choices: ChartChoice[] | null;
  chosen: string | null;
  /** The last one that came, of the chosen kind. */
  chart: Chart | null;
  /** It was drawn for other rows than the grid shows now. */
  stale: boolean;
  pending: boolean;
  problem: GridFault | null;
  /** Asks Salesforce: one call. Null: for the list of charts. */
  draw: (id: string | null) => void;
}

/** The charts of a grid's rows. Nothing is drawn, and no call is spent, before somebody asks for it. */
export function useCharts(connectionId: string, query: string): ChartsModel {
  const [choices, setChoices] = useState<ChartChoice[] | null>(null);
  const [drawn, setDrawn] = useState<{ query: string; chart: Chart } | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<GridFault | null>(null);
  const asking = useRef<AbortController | null>(null);

  const draw = useCallback(
    (id: string | null) => {
      asking.current?.abort();
      const abort = new AbortController();
      asking.current = abort;
      if (id !== null) setChosen(id);
      setPending(true);
      setProblem(null);
      const path = `/api/connections/${connectionId}/charts?${query}${id === null ? '' : `&chart=${id}`}`;
      const showAnswer = (answer: JsonAnswer<Chart | ChartChoices>) => {
        if (abort.signal.aborted) return;
        setPending(false);
        if (!answer.ok) setProblem(answer.problem);
        else if ('charts' in answer.body) setChoices(answer.body.charts);
        else setDrawn({ query, chart: answer.body });
      };
      getJson<Chart | ChartChoices>(path, abort.signal).then(showAnswer, () => undefined);
    },
    [connectionId, query],
  );

  const first = useRef(draw);
  useEffect(() => {
    first.current(null);
    return () => asking.current?.abort();
  }, []);

  const chart = drawn?.chart.id === chosen ? drawn.chart : null;
  return { choices, chosen, chart, stale: chart !== null && drawn?.query !== query, pending, problem, draw };
}
