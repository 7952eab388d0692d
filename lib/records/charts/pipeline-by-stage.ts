import {
  amountOf,
  type ChartContext,
  type ChartDefinition,
  COUNT,
  define,
  fieldNamed,
  numberAt,
} from './definition';

/** Open opportunities by stage, in the order of the stages. */
export function pipelineByStage(context: ChartContext): ChartDefinition {
  const needs = ['StageName', 'IsClosed'];
  return define(context, { id: 'pipeline-by-stage', title: 'Pipeline by stage', needs }, () => {
    const stage = fieldNamed(context, 'StageName');
    const { field: amount, notices } = amountOf(context);
    const stages = stage?.picklistValues ?? [];
    const places = new Map(stages.map(({ value }, index) => [value, index]));
    const labels = new Map(stages.map(({ value, label }) => [value, label]));
    const place = (name: string) => places.get(name) ?? stages.length;
    return {
      shape: 'bars',
      groupLabel: stage?.label ?? 'Stage',
      groups: [{ field: 'StageName', as: 'stage' }],
      measures: [COUNT, ...(amount ? [{ call: 'SUM' as const, field: 'Amount', as: 'money' }] : [])],
      conditions: [{ field: 'IsClosed', operator: 'eq', values: ['false'] }],
      read: (rows) => ({
        measures: [
          ...(amount
            ? [{ name: 'amount', label: amount.label, kind: 'currency' as const, scale: amount.scale }]
            : []),
          { name: 'count', label: 'Count', kind: 'number', scale: 0 },
        ],
        pictures: [
          ...(amount ? [{ label: amount.label, measures: ['amount'] }] : []),
          { label: 'Count', measures: ['count'] },
        ],
        groups: rows
          .map((row) => ({ name: String(row.stage), row }))
          .toSorted((one, other) => place(one.name) - place(other.name))
          .map(({ name, row }) => ({
            label: labels.get(name) ?? name,
            values: [...(amount ? [numberAt(row, 'money')] : []), numberAt(row, 'total')],
            conditions: [{ field: 'StageName', operator: 'in', values: [name] }],
          })),
        notices,
      }),
    };
  });
}
