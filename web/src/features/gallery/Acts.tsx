import { useState } from "react";
import { Button, IconButton, Toolbar, ToolbarButton, ToolbarSeparator, type ButtonVariant } from "@/ui";
import { Row, Section } from "./Section";

const variants: ButtonVariant[] = ["primary", "secondary", "ghost", "danger"];

export function Acts() {
  const [pressed, setPressed] = useState(true);
  return (
    <Section title="Buttons">
      {variants.map((variant) => (
        <Row key={variant}>
          <Button variant={variant}>Create channel</Button>
          <Button variant={variant} icon="plus">
            New message
          </Button>
          <Button variant={variant} size="small">
            Small
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
          <Button variant={variant} loading>
            Save changes
          </Button>
        </Row>
      ))}
      <Row>
        <IconButton icon="search" label="Search" shortcut="mod+f" />
        <IconButton icon="bell" label="Notifications" variant="secondary" />
        <IconButton icon="send" label="Send" variant="primary" />
        <IconButton icon="trash" label="Delete" variant="danger" />
        <IconButton icon="star" label="Favourite" pressed={pressed} onClick={() => setPressed(!pressed)} />
        <IconButton icon="pencil" label="Edit" size="small" />
        <IconButton icon="refresh" label="Reload" loading />
        <IconButton icon="lock" label="Locked" disabled />
      </Row>
      <Row>
        <Toolbar label="Actions of the message" raised>
          <ToolbarButton icon="smile-plus" label="React" />
          <ToolbarButton icon="thread" label="Reply in thread" shortcut="t" />
          <ToolbarButton icon="quote" label="Quote" shortcut="r" />
          <ToolbarSeparator />
          <ToolbarButton icon="more" label="More" />
        </Toolbar>
        <Toolbar label="Formatting">
          <ToolbarButton icon="bold" label="Bold" shortcut="mod+b" />
          <ToolbarButton icon="italic" label="Italic" shortcut="mod+i" />
          <ToolbarButton icon="strike" label="Strike" />
          <ToolbarButton icon="code" label="Code" />
          <ToolbarButton icon="list" label="List" disabled />
        </Toolbar>
      </Row>
    </Section>
  );
}
