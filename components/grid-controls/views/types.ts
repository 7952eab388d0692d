import type { Problem } from '@/lib/errors';
import type { GridLayout, GridView } from '@/lib/records/types';
import type { GridControlProps } from '../types';

/** What an act on views answers: all views as they are now, and the one that was saved. */
export type ViewsAnswer =
  | { ok: true; value: { views: GridView[]; id: string | null } }
  | { ok: false; problem: Problem };

/** What a view is saved with. `query`: the grid's state as its URL holds it. */
export interface ViewContent {
  query: string;
  layout: GridLayout | null;
}

/** Server actions of one connection and object. */
export interface ViewActions {
  save: (input: ViewContent & { name: string }) => Promise<ViewsAnswer>;
  update: (id: string, input: ViewContent) => Promise<ViewsAnswer>;
  rename: (id: string, name: string) => Promise<ViewsAnswer>;
  share: (id: string, shared: boolean) => Promise<ViewsAnswer>;
  remove: (id: string) => Promise<ViewsAnswer>;
  /** Null: all records. */
  setDefault: (id: string | null) => Promise<ViewsAnswer>;
}

export interface ViewMenuProps extends GridControlProps {
  /** Those that this reader's object can show. */
  views: GridView[];
  /** Hears of the views after each act on them. */
  onViews: (views: GridView[]) => void;
  /** How the grid is drawn now; null: as Orgdock has it. */
  layout: GridLayout;
  /** Whether the reader may take shared views of others away. */
  isAdmin: boolean;
  actions: ViewActions;
}

export type ViewAct = 'save' | 'save_as' | 'rename' | 'share' | 'default' | 'copy' | 'delete';

/** What decides on the acts that there are. */
export interface ViewFacts {
  /** Null: all records. */
  view: GridView | null;
  /** Whether what is in use is where the reader begins. */
  isDefault: boolean;
  isEdited: boolean;
  isAdmin: boolean;
}
