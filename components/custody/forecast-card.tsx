import { CalendarClock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { ConnectionForecast, Health } from '@/lib/connections/types';
import { forecastWords } from './forecast-words';

interface ForecastCardProps {
  forecast: ConnectionForecast;
  viewer: Viewer;
  /** The switch, for who may turn it. */
  keepAlive?: ReactNode;
}

/** Whether a grant has an end before it: one that has ended or is being ended has none. */
export function isAlive(health: Health): boolean {
  return health !== 'needs_reconnect' && health !== 'revoking' && health !== 'disconnected';
}

/** When the grant ends, and whether Orgdock keeps it alive until then. */
export function ForecastCard({ forecast, viewer, keepAlive }: ForecastCardProps) {
  const { text, warning } = forecastWords(forecast, viewer);
  const Icon = warning ? TriangleAlert : CalendarClock;
  return (
    <Section title="Forecast">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <p
          data-forecast={forecast.endsBy ?? 'none'}
          data-warning={warning}
          className={`flex min-w-0 flex-1 basis-80 gap-2.5 text-pretty ${
            warning ? 'rounded-lg bg-warning-soft px-3 py-2 text-warning-soft-foreground' : ''
          }`}
        >
          <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${warning ? '' : 'text-muted'}`} />
          <span className="max-w-[65ch]">{text}</span>
        </p>
        {keepAlive ?? <p className="text-muted">Keep alive is {forecast.keepAlive ? 'on' : 'off'}</p>}
      </div>
    </Section>
  );
}
