'use client';

import { Modal } from '@heroui/react/modal';
import type { ReactNode } from 'react';

interface ControlDialogProps {
  title: string;
  /** Under the title: what this does, in a sentence. */
  description?: ReactNode;
  wide?: boolean;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

/** The dialog of a grid's control: a sheet on a phone. The focus goes back to where it came from. */
export function ControlDialog({ title, description, wide, onClose, footer, children }: ControlDialogProps) {
  return (
    <Modal.Backdrop isOpen onOpenChange={(open) => (open ? undefined : onClose())} isDismissable>
      <Modal.Container placement="auto" scroll="inside" size="lg">
        <Modal.Dialog className={`max-sm:p-4 ${wide ? 'sm:max-w-3xl' : ''}`}>
          <Modal.CloseTrigger aria-label="Close" />
          <Modal.Header>
            <Modal.Heading>{title}</Modal.Heading>
            {description ? <p className="pr-8 text-sm text-muted">{description}</p> : null}
          </Modal.Header>
          <Modal.Body className="min-h-0 text-foreground">{children}</Modal.Body>
          {footer ? <Modal.Footer>{footer}</Modal.Footer> : null}
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
