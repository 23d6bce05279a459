import { useTranslation } from "react-i18next";
import { Kbd } from "@/ui";
import { Group } from "./parts";
import styles from "./parts.module.css";

/** What the keyboard does, by where one is. */
const areas = {
  everywhere: [
    ["mod+k", "switcher"],
    ["alt+up", "previousRoom"],
    ["alt+down", "nextRoom"],
    ["alt+shift+up", "previousUnread"],
    ["alt+shift+down", "nextUnread"],
    ["F6", "region"],
    ["mod+/", "help"],
  ],
  room: [
    ["mod+shift+m", "members"],
    ["mod+f", "search"],
    ["esc", "read"],
    ["up", "editLast"],
  ],
  message: [
    ["r", "quote"],
    ["t", "thread"],
    ["e", "edit"],
    ["+", "react"],
    ["delete", "remove"],
  ],
} as const;

export function ShortcutsPage() {
  const { t } = useTranslation();
  return Object.entries(areas).map(([area, keys]) => (
    <Group key={area} title={t(`account.shortcuts.area.${area}`)}>
      <table className={styles.keys}>
        <tbody>
          {keys.map(([combination, what]) => (
            <tr key={what}>
              <td>{t(`account.shortcuts.${what}`)}</td>
              <td>
                <Kbd keys={combination} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  ));
}
