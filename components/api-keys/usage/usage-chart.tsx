'use client';

import dynamic from 'next/dynamic';
import type { UsageBucket } from '@/lib/broker/usage/types';
import { countWords, pointValue, stepWords, type USAGE_CHARTS } from './usage-words';

const UsagePicture = dynamic(() => import('./usage-picture').then((module) => module.UsagePicture), {
  ssr: false,
  loading: () => <div className="h-[200px]" />,
});

interface UsageChartProps {
  chart: (typeof USAGE_CHARTS)[number];
  buckets: UsageBucket[];
  bucketMinutes: number;
  locale: string;
}

/** A picture of usage over time, and the same as a table. */
export function UsageChart(props: UsageChartProps) {
  const { chart, buckets, bucketMinutes, locale } = props;
  const { title, series, unit } = chart;
  return (
    <figure aria-label={`${title} over time`} className="min-w-0">
      <figcaption className="mb-2 text-sm font-medium">{title}</figcaption>
      <UsagePicture {...props} />
      <details className="mt-2 text-xs">
        <summary className="w-fit cursor-pointer text-muted hover:text-foreground">As a table</summary>
        <div className="overflow-x-auto">
          <table className="mt-2 text-left tabular-nums">
            <caption className="sr-only">{title} over time (UTC)</caption>
            <thead className="text-muted">
              <tr>
                {['From', ...series.map(({ label }) => label)].map((label) => (
                  <th key={label} scope="col" className="py-1 pr-4 font-medium">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-separator">
              {buckets
                .filter(({ calls }) => calls > 0)
                .map((point) => (
                  <tr key={point.at}>
                    <th scope="row" className="py-1 pr-4 font-normal">
                      {stepWords(point.at, bucketMinutes, locale)}
                    </th>
                    {series.map(({ name }) => (
                      <td key={name} className="py-1 pr-4">
                        {countWords(pointValue(point, name), unit, locale)}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
