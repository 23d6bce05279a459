import { useState } from "react";
import { Button, ConfirmDialog, ContextMenu, Dialog, IconButton, Menu, Popover, TextArea, TextField, Tooltip, type MenuItem } from "@/ui";
import { Row, Section } from "./Section";

function useItems(): MenuItem[] {
  const [muted, setMuted] = useState(true);
  return [
    { label: "Reply in thread", icon: "thread", shortcut: "t" },
    { label: "Edit", icon: "pencil", shortcut: "e" },
    { label: "Copy link", icon: "link", hint: "Opens with its context" },
    { kind: "submenu", label: "Remind me", icon: "clock", items: [{ label: "In an hour" }, { label: "Tomorrow" }, { label: "Next week" }] },
    { kind: "separator" },
    { kind: "label", label: "This room" },
    { label: "Mute", icon: "bell-off", checked: muted, onSelect: () => setMuted(!muted) },
    { label: "Archive", icon: "archive", disabled: true },
    { label: "Directory", icon: "compass", href: "#directory" },
    { kind: "separator" },
    { label: "Delete", icon: "trash", danger: true, shortcut: "delete" },
  ];
}

const later = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

async function refuse() {
  await later(600);
  throw new Error("The server did not answer. The channel and its messages are still there.");
}

export function Overlays() {
  const items = useItems();
  return (
    <Section title="What opens">
      <Row>
        <Menu trigger={<Button icon="more">Open menu</Button>} items={items} />
        <Menu trigger={<IconButton icon="more" label="More actions" />} items={items} align="end" />
        <Popover trigger={<Button>Open popover</Button>} label="Status" title>
          <TextField label="What is happening" placeholder="At lunch" />
          <Button variant="primary">Set status</Button>
        </Popover>
        <Tooltip content="Goes to the newest message" shortcut="end">
          <Button variant="ghost">Point at me</Button>
        </Tooltip>
        <ContextMenu items={items}>
          <span>Press me with the second button</span>
        </ContextMenu>
      </Row>
      <Row>
        <FormDialog />
        <DangerDialog />
      </Row>
    </Section>
  );
}

function FormDialog() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open dialog</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        keepOpen
        title="Create channel"
        description="Channels are where a team talks about one thing."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary">Create channel</Button>
          </>
        }
      >
        <TextField label="Name" prefix="#" />
        <TextArea label="Topic" optional="(optional)" />
      </Dialog>
    </>
  );
}

function DangerDialog() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete channel
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title="Delete #general?"
        body="Its 1,204 messages and 37 files go with it, for all 12 members. This cannot be undone."
        confirmLabel="Delete channel"
        onConfirm={refuse}
      />
    </>
  );
}
