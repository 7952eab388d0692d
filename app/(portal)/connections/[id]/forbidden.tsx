import { NoRecords } from '@/components/connections/no-records';

export const metadata = { title: 'No records here' };

export default function Forbidden() {
  return <NoRecords />;
}
