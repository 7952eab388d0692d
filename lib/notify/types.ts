export type ConnectionNoticeKind =
  | 'connection_ends_soon'
  | 'connection_ended'
  | 'unusual_reading'
  | 'outside_hours';

/** One thing that a person is told about a connection, in words. */
export interface ConnectionNotice {
  kind: ConnectionNoticeKind;
  /** `Production ends on 12 January` */
  title: string;
  text: string;
  /** Path of the page where something can be done. */
  href: string;
}

/** One thing that stands above a person's pages. */
export interface Notice extends Omit<ConnectionNotice, 'kind'> {
  id: string;
  /** `approval_done` ends when its person connects or withdraws the request: it cannot be dismissed. */
  kind: ConnectionNoticeKind | 'approval_done';
}
