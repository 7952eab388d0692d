import { TriangleAlert } from 'lucide-react';
import { AccessFields } from '../fields/access-fields';
import { RefreshTokenFields } from '../fields/refresh-token-fields';
import { RunAsField } from '../fields/run-as-field';
import { Group } from '../group';
import { AdvancedFields } from '../protocol/advanced-fields';
import { ReadingHoursFields } from '../reading-hours/reading-hours-fields';
import type { FieldsProps } from './form-values';

interface FurtherFieldsProps extends FieldsProps {
  timeZones: string[];
  timeZone: string;
  /** What is saved holds for production at once. */
  warns: boolean;
}

/** How an environment is used, once its app is known. */
export function FurtherFields({ values, errors, timeZones, timeZone, warns }: FurtherFieldsProps) {
  return (
    <>
      <AccessFields values={values} errors={errors} />
      <Group title="5. Service connections">
        <RunAsField values={values} errors={errors} />
      </Group>
      <ReadingHoursFields
        stored={values.readingHours}
        outside={values.outsideHours}
        timeZones={timeZones}
        timeZone={timeZone}
        errors={errors}
      />
      <RefreshTokenFields values={values} errors={errors} />
      <AdvancedFields values={values} errors={errors} />
      {warns ? (
        <p className="flex gap-2.5 rounded-lg border border-border bg-surface-secondary px-3.5 py-2.5">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
          You are about to change production: what you save holds at once.
        </p>
      ) : null}
    </>
  );
}
