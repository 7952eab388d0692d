'use client';

import { Modal } from '@heroui/react/modal';
import { CopyButton } from '@/components/forms/copy-field';

interface RawJsonProps {
  record: Record<string, unknown>;
  title: string;
  onClose: () => void;
}

/** The record as Salesforce answered it. Loaded on use. */
export function RawJson({ record, title, onClose }: RawJsonProps) {
  const text = JSON.stringify(record, null, 2);
  return (
    <Modal.Backdrop isOpen onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal.Container size="lg" scroll="inside">
        <Modal.Dialog aria-label={`Raw JSON of ${title}`}>
          <Modal.CloseTrigger />
          <Modal.Header>
            <div className="flex items-center gap-2">
              <Modal.Heading>Raw JSON</Modal.Heading>
              <CopyButton value={text} label="Copy the JSON" />
            </div>
          </Modal.Header>
          <Modal.Body>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
              tabIndex={0}
              className="overflow-x-auto rounded-lg bg-surface-secondary p-4 font-mono text-xs leading-5"
            >
              {text}
            </pre>
          </Modal.Body>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
