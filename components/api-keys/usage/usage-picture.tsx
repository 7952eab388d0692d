'use client';

import { Bar, BarChart, CartesianGrid, Legend, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { UsageBucket } from '@/lib/broker/usage/types';
import { countWords, pointValue, stepWords, type USAGE_CHARTS, type UsageSeries } from './usage-words';

interface UsagePictureProps {
  chart: (typeof USAGE_CHARTS)[number];
  buckets: UsageBucket[];
  bucketMinutes: number;
  locale: string;
}

const COLORS: Record<UsageSeries['name'], string> = {
  ...{ succeeded: 'var(--accent)', refusals: 'var(--warning)', errors: 'var(--danger)' },
  ...{ rows: 'var(--accent)', p50: 'var(--accent)', p95: 'var(--warning)' },
};
const AXIS = { tickLine: false, axisLine: false, tick: { fill: 'var(--muted)', fontSize: 12 } };
const SIZE = { width: '100%', minWidth: 300, height: 200 };

/** Usage over time as a picture, for those who see it; its table says the same. */
export function UsagePicture({
  chart: { shape, series, unit },
  buckets,
  bucketMinutes,
  locale,
}: UsagePictureProps) {
  const data = buckets.map((point) => ({
    label: stepWords(point.at, bucketMinutes, locale),
    ...Object.fromEntries(series.map(({ name }) => [name, pointValue(point, name)])),
  }));
  const common = { data, accessibilityLayer: false, responsive: true, style: SIZE };
  const words = (value: unknown) => countWords(Number(value), unit, locale);
  const frame = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--separator)" />,
    <XAxis key="x" dataKey="label" minTickGap={24} {...AXIS} />,
    <YAxis key="y" width={64} allowDecimals={false} tickFormatter={words} {...AXIS} />,
    <Tooltip
      key="tip"
      isAnimationActive={false}
      formatter={words}
      cursor={{ fill: 'var(--row-hover)', stroke: 'var(--border)' }}
      contentStyle={{ background: 'var(--overlay)', borderColor: 'var(--border)', borderRadius: 8 }}
      labelStyle={{ color: 'var(--foreground)' }}
    />,
    series.length > 1 ? (
      <Legend key="legend" iconSize={10} itemSorter={null} formatter={legendWords} />
    ) : null,
  ];
  return (
    <div aria-hidden="true" className="overflow-x-auto text-xs text-muted">
      {shape === 'columns' ? (
        <BarChart {...common}>
          {frame}
          {series.map(({ name, label }) => (
            <Bar
              key={name}
              dataKey={name}
              name={label}
              stackId="all"
              fill={COLORS[name]}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart {...common}>
          {frame}
          {series.map(({ name, label }) => (
            <Line
              key={name}
              dataKey={name}
              name={label}
              stroke={COLORS[name]}
              strokeWidth={2}
              dot={{ r: 2, fill: COLORS[name] }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </div>
  );
}

function legendWords(label: unknown) {
  return <span className="text-foreground">{String(label)}</span>;
}
