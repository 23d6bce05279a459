import { useState } from "react";
import { Avatar, Button, Disclosure, IconButton, ListRow, Panel, SearchField, Tabs } from "@/ui";
import { Columns, Section } from "./Section";
import styles from "./Gallery.module.css";

export function Frames() {
  const [tab, setTab] = useState<"messages" | "files" | "pinned" | "audit">("messages");
  return (
    <Section title="Frames">
      <Tabs
        label="Of this room"
        value={tab}
        onValueChange={setTab}
        tabs={[
          { value: "messages", label: "Messages", panel: "What was said." },
          { value: "files", label: "Files", count: 37, panel: "What was sent." },
          { value: "pinned", label: "Pinned", icon: "pin", count: 1204, panel: "What was kept." },
          { value: "audit", label: "Audit", disabled: true },
        ]}
      />
      <Columns>
        <div className={styles.frame}>
          <Members />
        </div>
        <div>
          <Disclosure title="Channels" trailing="12" defaultOpen>
            <ListRow title="general" onClick={() => undefined} />
            <ListRow title="random" onClick={() => undefined} />
          </Disclosure>
          <Disclosure title="Direct messages" trailing="3">
            <ListRow title="Ada Lovelace" onClick={() => undefined} />
          </Disclosure>
        </div>
      </Columns>
    </Section>
  );
}

function Members() {
  const [search, setSearch] = useState("");
  return (
    <Panel
      title="Members"
      subtitle="12 in #general, 4 online"
      onClose={() => undefined}
      actions={<IconButton icon="user-plus" label="Add people" tooltipSide="bottom" />}
      toolbar={<SearchField label="Search members" value={search} onValueChange={setSearch} />}
      footer={<Button wide>Invite by link</Button>}
    >
      {["Ada Lovelace", "Grace Hopper", "Margaret Hamilton"].map((name) => (
        <ListRow key={name} leading={<Avatar name={name} size={28} presence="online" />} title={name} onClick={() => undefined} />
      ))}
    </Panel>
  );
}
