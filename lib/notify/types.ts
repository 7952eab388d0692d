/** One thing that a person is told about a connection, in words. */
export interface Notice {
  id: string;
  kind: 'connection_ends_soon' | 'connection_ended' | 'unusual_reading' | 'outside_hours';
  /** `Production ends on 12 January` */
  title: string;
  text: string;
  /** Path of the page where something can be done. */
  href: string;
}
