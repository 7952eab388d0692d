'use client';

import { Button } from '@heroui/react/button';
import { ChevronDown, LayoutList } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { ProblemCard } from '@/components/states/problem-card';
import { formatGridState } from '@/lib/soql/grid-state';
import { fillFromView, isViewEdited } from '@/lib/soql/view-state';
import { copyLink } from './copy-link';
import { isSameLayout } from './is-same-layout';
import type { ViewAct, ViewMenuProps } from './types';
import { useViewActs } from './use-view-acts';
import { ViewActs } from './view-acts';

const ViewPanel = lazy(() => import('./view-panel').then(({ ViewPanel }) => ({ default: ViewPanel })));
const NameDialog = lazy(() => import('./view-dialogs').then(({ NameDialog }) => ({ default: NameDialog })));
const DeleteDialog = lazy(() =>
  import('./view-dialogs').then(({ DeleteDialog }) => ({ default: DeleteDialog })),
);

const PLAIN = { sort: [], q: '', filter: null, columns: null, row: 1 };

/** The view in use, whether it was edited, those to choose from, and what can be done with it. */
export function ViewMenu({ window, state, change, views, onViews, layout, isAdmin, actions }: ViewMenuProps) {
  const { pending, problem, said, setSaid, run, forget } = useViewActs(views, onViews);
  const [open, setOpen] = useState<'list' | 'save_as' | 'rename' | 'delete' | null>(null);
  const anchor = useRef<HTMLButtonElement>(null);

  const shownId = state.view ?? views.find(({ isDefault }) => isDefault)?.id ?? 'all';
  const view = views.find(({ id }) => id === shownId) ?? null;
  const isEdited =
    isViewEdited(state, view) || (view?.state.layout != null && !isSameLayout(view.state.layout, layout));
  const isDefault = view?.isDefault ?? !views.some((one) => one.isDefault);
  const allName = `All ${window.labelPlural}`;
  const name = view?.name ?? allName;
  const content = { query: formatGridState(fillFromView(state, view)), layout };

  const goTo = (id: string) => change({ ...PLAIN, view: id });
  const close = () => {
    setOpen(null);
    forget();
  };
  const save = () => view && run(() => actions.update(view.id, content), `“${name}” was saved.`);
  const act = (wanted: ViewAct) => {
    if (wanted === 'save') save();
    else if (wanted === 'copy') void copyLink(shownId, state).then(setSaid);
    else if (wanted === 'default')
      run(() => actions.setDefault(view?.id ?? null), `“${name}” opens first from now on.`);
    else if (wanted === 'share' && view)
      run(
        () => actions.share(view.id, !view.isShared),
        view.isShared ? `“${name}” is yours alone again.` : `“${name}” is shared.`,
      );
    else if (wanted === 'save_as' || wanted === 'rename' || wanted === 'delete') setOpen(wanted);
  };

  return (
    <>
      <div className="flex min-w-0 items-center gap-1">
        <Button
          ref={anchor}
          variant="outline"
          size="sm"
          aria-haspopup="dialog"
          aria-expanded={open === 'list'}
          aria-label={`View: ${name}${isEdited ? ', edited' : ''}`}
          onPress={() => setOpen('list')}
          className="max-w-64 min-w-0"
        >
          <LayoutList aria-hidden="true" className="text-muted" />
          <span className="truncate">{name}</span>
          {isEdited ? <span className="text-xs font-normal text-muted">edited</span> : null}
          <ChevronDown aria-hidden="true" className="text-muted" />
        </Button>
        {isEdited && view?.origin === 'mine' ? (
          <BusyButton variant="secondary" size="sm" busy={pending} onPress={save}>
            Save
          </BusyButton>
        ) : null}
        <ViewActs {...{ view, isDefault, isEdited, isAdmin, pending }} onAct={act} />
        <span role="status" className="text-xs text-muted">
          {said}
        </span>
      </div>
      {problem && open === null ? <ProblemCard problem={problem} live /> : null}
      <Suspense>
        {open === 'list' ? (
          <ViewPanel
            {...{ anchor, views, allName }}
            current={view?.id ?? 'all'}
            choose={(id) => {
              close();
              setSaid('');
              goTo(id);
            }}
            onClose={close}
          />
        ) : null}
        {open === 'save_as' ? (
          <NameDialog
            title="Save as a new view"
            confirmLabel="Save"
            suggestion=""
            {...{ pending, problem }}
            onName={(next) =>
              run(
                () => actions.save({ ...content, name: next }),
                'The view was saved.',
                (id) => {
                  close();
                  if (id !== null) goTo(id);
                },
              )
            }
            onClose={close}
          />
        ) : null}
        {open === 'rename' && view ? (
          <NameDialog
            title="Rename this view"
            confirmLabel="Rename"
            suggestion={view.name}
            {...{ pending, problem }}
            onName={(next) => run(() => actions.rename(view.id, next), 'The view was renamed.', close)}
            onClose={close}
          />
        ) : null}
        {open === 'delete' && view ? (
          <DeleteDialog
            {...{ name, pending, problem }}
            isShared={view.isShared}
            onDelete={() =>
              run(
                () => actions.remove(view.id),
                'The view was deleted.',
                () => {
                  close();
                  goTo('all');
                },
              )
            }
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  );
}
