import type { ViewActions } from '@/components/grid-controls/views/types';
import {
  deleteViewAction,
  renameViewAction,
  saveViewAction,
  setDefaultViewAction,
  shareViewAction,
  updateViewAction,
} from './actions';

/** The server actions on views of an object's grid, for its menu. */
export function viewActionsOf(connectionId: string, sobject: string): ViewActions {
  const place = { connectionId, sobject };
  return {
    save: saveViewAction.bind(null, place),
    update: updateViewAction.bind(null, place),
    rename: renameViewAction.bind(null, place),
    share: shareViewAction.bind(null, place),
    remove: deleteViewAction.bind(null, place),
    setDefault: setDefaultViewAction.bind(null, place),
  };
}
