import {
  Calendar,
  CalendarClock,
  CircleDot,
  Clock,
  Hash,
  Link,
  ListChecks,
  type LucideIcon,
  Mail,
  MapPin,
  Phone,
  Sigma,
  Tags,
  TextInitial,
  ToggleLeft,
  Type,
} from 'lucide-react';
import type { ColumnKind } from '@/lib/records/types';

const ICONS: Readonly<Record<ColumnKind, LucideIcon>> = {
  text: Type,
  longText: TextInitial,
  richText: TextInitial,
  number: Hash,
  currency: Hash,
  percent: Hash,
  date: Calendar,
  dateTime: CalendarClock,
  time: Clock,
  boolean: ToggleLeft,
  picklist: ListChecks,
  multiPicklist: Tags,
  reference: CircleDot,
  address: MapPin,
  url: Link,
  email: Mail,
  phone: Phone,
  count: Sigma,
};

/** What kind of field it is, for the eye; its group says so in words. */
export function KindIcon({ kind }: { kind: ColumnKind }) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />;
}
