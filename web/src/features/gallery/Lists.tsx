import { useState } from "react";
import { Avatar, Badge, Button, EmptyState, Icon, IconButton, ListRow, PresenceDot, Table, type TableColumn, type TableSort } from "@/ui";
import { Section } from "./Section";
import styles from "./Gallery.module.css";

interface Person {
  name: string;
  username: string;
  role: string;
  messages: number;
}

const people: Person[] = [
  { name: "Ada Lovelace", username: "ada", role: "Admin", messages: 1204 },
  { name: "Grace Hopper", username: "grace", role: "Moderator", messages: 988 },
  { name: "Margaret Hamilton", username: "margaret", role: "User", messages: 12 },
];

const columns: TableColumn<Person>[] = [
  { key: "name", header: "Name", sortable: true, cell: (row) => <ListRow leading={<Avatar name={row.name} size={24} />} title={row.name} meta={`@${row.username}`} /> },
  { key: "role", header: "Role", cell: (row) => <Badge kind={row.role === "Admin" ? "accent" : "neutral"}>{row.role}</Badge>, width: "25%" },
  { key: "messages", header: "Messages", sortable: true, align: "end", cell: (row) => row.messages.toLocaleString("en"), width: "15%" },
  { key: "actions", header: "Actions", hideHeader: true, align: "end", cell: () => <IconButton icon="more" label="More actions" size="small" />, width: "10%" },
];

function sorted(rows: Person[], { key, direction }: TableSort): Person[] {
  const up = rows.toSorted((a, b) => (key === "messages" ? a.messages - b.messages : a.name.localeCompare(b.name)));
  return direction === "ascending" ? up : up.toReversed();
}

export function Lists() {
  const [sort, setSort] = useState<TableSort>({ key: "name", direction: "ascending" });
  return (
    <Section title="Lists">
      <nav className={styles.side} aria-label="Sample of a sidebar">
        <Rows />
      </nav>
      <Table caption="People" columns={columns} rows={sorted(people, sort)} rowKey={(row) => row.username} sort={sort} onSortChange={setSort} selectedKey="grace" />
      <Table caption="People, loading" columns={columns} rows={[]} rowKey={(row) => row.username} loading />
      <Table caption="People, none" columns={columns} rows={[]} rowKey={(row) => row.username} empty={<EmptyState icon="users" title="Nobody by that name" action={<Button>Invite people</Button>} />} />
    </Section>
  );
}

const act = () => undefined;

function Rows() {
  return (
    <>
      <ListRow leading={<Icon name="hash" />} title="general" onClick={act} selected trailing={<Badge kind="mention" count={2} />} />
      <ListRow leading={<Icon name="hash" />} title="ops" onClick={act} unread trailing={<Badge kind="unread" count={3} />} />
      <ListRow leading={<Icon name="lock" />} title="a-private-channel-with-a-very-long-name" onClick={act} trailing={<Icon name="pencil" size="small" />} />
      <ListRow leading={<Icon name="hash" />} title="random" onClick={act} muted actions={<IconButton icon="more" label="More for random" size="small" />} trailing="14:05" />
      <ListRow leading={<PresenceDot status="online" />} title="Ada Lovelace" onClick={act} />
      <ListRow leading={<PresenceDot status="away" />} title="Grace Hopper" meta="@grace" href="#grace" />
      <ListRow leading={<Avatar name="Margaret Hamilton" size={28} presence="busy" />} title="Margaret Hamilton" description="Priority displays, all day" trailing="Yesterday" onClick={act} />
    </>
  );
}
