import { amountByCloseMonth } from './amount-by-close-month';
import { countByField, countedFields } from './count-by-field';
import type { ChartContext, ChartDefinition } from './definition';
import { pipelineByStage } from './pipeline-by-stage';
import { winRate } from './win-rate';

/** What can be drawn of an object, for this reader, the most useful first. */
export function chartsOf(context: ChartContext): ChartDefinition[] {
  switch (context.describe.name) {
    case 'Opportunity':
      return [
        pipelineByStage(context),
        amountByCloseMonth(context),
        winRate(context),
        countByField(context, 'OwnerId'),
      ];
    case 'Account':
      return ['Industry', 'OwnerId', 'Type'].map((name) => countByField(context, name));
    default:
      return countedFields(context).map((name) => countByField(context, name));
  }
}
