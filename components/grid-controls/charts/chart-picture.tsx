'use client';

import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  Legend,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Chart, ChartGroup, ChartMeasure, ChartPicture as Picture } from '@/lib/records/charts/types';
import { ChartTooltip } from './chart-tooltip';
import { shortValue } from './chart-words';

interface ChartPictureProps {
  chart: Chart;
  picture: Picture;
  locale: string;
  onChoose: (group: ChartGroup) => void;
}

const COLORS = ['var(--accent)', 'var(--success)', 'var(--field-border)'];
const AXIS = { tickLine: false, axisLine: false, tick: { fill: 'var(--muted)', fontSize: 12 } };
const MOST_CHARACTERS = 22;
const BAR_HEIGHT = 28;
const CLICKABLE = { width: '100%', cursor: 'pointer' };

/** A chart as a picture, for those who see it; its table says the same. */
export function ChartPicture({ chart, picture, locale, onChoose }: ChartPictureProps) {
  const { groups, measures, shape, currency } = chart;
  const drawn = picture.measures.flatMap((name) => {
    const index = measures.findIndex((measure) => measure.name === name);
    const measure = measures[index];
    return measure ? [{ index, measure }] : [];
  });
  const [first] = drawn;
  if (!first) return null;
  const data = groups.map(({ label, values }) => ({
    label,
    ...Object.fromEntries(drawn.map(({ index, measure }) => [measure.name, values[index] ?? null])),
  }));
  const choose = (index: number) => {
    const group = groups[index];
    if (group) onChoose(group);
  };
  // Of a bar: the chart itself only knows where the pointer was in the frame before.
  const onBar = (_: unknown, index: number) => choose(index);
  const onDot = ({ index }: { index?: number }) => choose(index ?? -1);
  const short = (value: unknown) => shortValue(Number(value), first.measure, locale);
  const common = { data, accessibilityLayer: false, responsive: true };
  const tooltip = (
    <Tooltip
      cursor={{ fill: 'var(--row-hover)', stroke: 'var(--border)' }}
      isAnimationActive={false}
      content={<ChartTooltip measures={drawn.map(({ measure }) => measure)} words={{ currency, locale }} />}
    />
  );
  return (
    <div aria-hidden="true" className="mt-2 overflow-x-auto text-xs text-muted">
      {shape === 'bars' ? (
        <BarChart
          {...common}
          layout="vertical"
          margin={{ right: 64 }}
          style={{ ...CLICKABLE, minWidth: 320, height: data.length * BAR_HEIGHT + 8 }}
        >
          <XAxis type="number" hide />
          <YAxis type="category" dataKey="label" width={168} interval={0} tickFormatter={cut} {...AXIS} />
          {tooltip}
          <Bar
            dataKey={first.measure.name}
            fill={COLORS[0] ?? ''}
            radius={3}
            isAnimationActive={false}
            onClick={onBar}
          >
            <LabelList
              dataKey={first.measure.name}
              position="right"
              fill="var(--foreground)"
              formatter={short}
            />
          </Bar>
        </BarChart>
      ) : shape === 'columns' ? (
        <BarChart {...common} style={COLUMNS}>
          {timeAxes(short)}
          {tooltip}
          {drawn.length > 1 ? <Legend iconSize={10} itemSorter={null} formatter={legendWords} /> : null}
          {drawn.map(({ measure }, place) => (
            <Bar
              key={measure.name}
              dataKey={measure.name}
              name={measure.label}
              stackId="all"
              onClick={onBar}
              fill={COLORS[place % COLORS.length] ?? ''}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart {...common} style={COLUMNS}>
          {timeAxes(short, first.measure)}
          {tooltip}
          <Line
            dataKey={first.measure.name}
            stroke={COLORS[0] ?? ''}
            strokeWidth={2}
            dot={{ fill: COLORS[0] ?? '', r: 4, onClick: onDot as never }}
            activeDot={{ r: 6, onClick: (_, dot) => onDot(dot as { index?: number }) }}
            isAnimationActive={false}
          />
        </LineChart>
      )}
    </div>
  );
}

const COLUMNS = { ...CLICKABLE, minWidth: 480, height: 256 };

function timeAxes(short: (value: unknown) => string, measure?: ChartMeasure) {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--separator)" />,
    <XAxis key="x" dataKey="label" minTickGap={16} {...AXIS} />,
    <YAxis
      key="y"
      width={56}
      tickFormatter={short}
      {...(measure?.kind === 'percent' ? { domain: [0, 100] } : {})}
      {...AXIS}
    />,
  ];
}

function legendWords(label: unknown) {
  return <span className="text-foreground">{String(label)}</span>;
}

function cut(label: unknown): string {
  const text = String(label);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
