import { Avatar, Badge, Icon, Kbd, PresenceDot, icons, type IconName, type Presence } from "@/ui";
import { Row, Section } from "./Section";
import styles from "./Gallery.module.css";

const people = ["Ada Lovelace", "grace.hopper", "Margaret Hamilton", "李小龙", "Ömer Şahin", "bot", "Katherine Johnson", "Zed"];
const sizes = [16, 20, 24, 28, 36, 48, 96] as const;
const presences: Presence[] = ["online", "away", "busy", "offline"];
const names = Object.keys(icons) as IconName[];

export function Marks() {
  return (
    <Section title="Marks">
      <Row>
        {people.map((name, place) => (
          <Avatar key={name} name={name} presence={presences[place % 4]} />
        ))}
      </Row>
      <Row>
        {sizes.map((size) => (
          <Avatar key={size} name="Ada Lovelace" size={size} />
        ))}
        <Avatar name="Missing Picture" src="data:image/png,none" size={48} />
        <Avatar name="Gantry" src="/favicon.svg" size={48} />
      </Row>
      <Row>
        {presences.map((status) => (
          <Row key={status}>
            <PresenceDot status={status} label={null} />
            {status}
          </Row>
        ))}
      </Row>
      <Row>
        <Badge kind="mention" count={1} />
        <Badge kind="mention" count={42} />
        <Badge kind="mention" count={1234} />
        <Badge kind="unread" count={3} />
        <Badge count={7} />
        <Badge>Draft</Badge>
        <Badge kind="accent">Admin</Badge>
        <Badge kind="success">Running</Badge>
        <Badge kind="warning">Read only</Badge>
        <Badge kind="danger">Deactivated</Badge>
      </Row>
      <Row>
        <Kbd keys="mod+k" />
        <Kbd keys="alt+shift+up" />
        <Kbd keys="esc" />
        <Kbd keys="?" />
        <Kbd keys="mod+shift+m" plain />
      </Row>
      <ul className={styles.icons}>
        {names.map((name) => (
          <li key={name}>
            <Icon name={name} />
            {name}
          </li>
        ))}
      </ul>
    </Section>
  );
}
