import { useTranslation } from "@/i18n";
import { view } from "@/app/view";
import { Dialog, Kbd } from "@/ui";
import styles from "./Help.module.css";

/** What the keyboard does, where; the words are under `sidebar.keys`. */
const groups: readonly { id: string; keys: readonly (readonly [string, ...string[]])[] }[] = [
  {
    id: "move",
    keys: [
      ["switcher", "mod+k"],
      ["room", "alt+up", "alt+down"],
      ["unread", "alt+shift+up", "alt+shift+down"],
      ["region", "f6", "shift+f6"],
      ["help", "?", "mod+/"],
    ],
  },
  {
    id: "room",
    keys: [
      ["read", "esc"],
      ["members", "mod+shift+m"],
      ["ends", "home", "end"],
    ],
  },
  {
    id: "write",
    keys: [
      ["send", "enter"],
      ["line", "shift+enter"],
      ["edit", "up"],
      ["complete", "@", "#", ":", "/"],
    ],
  },
  {
    id: "message",
    keys: [
      ["walk", "up", "down"],
      ["react", "+"],
      ["reply", "r"],
      ["change", "e"],
      ["delete", "delete"],
    ],
  },
];

export function Help({ open }: { open: boolean }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={(next) => view.setState({ help: next })} title={t("sidebar.keys.title")} size="large">
      <Shortcuts />
    </Dialog>
  );
}

/** The same as part of a page. */
export function Shortcuts() {
  const { t } = useTranslation();
  return (
    <div className={styles.groups}>
      {groups.map(({ id, keys }) => (
        <section key={id} aria-labelledby={`keys-${id}`}>
          <h2 id={`keys-${id}`} className={styles.heading}>
            {t(`sidebar.keys.${id}.title`)}
          </h2>
          <dl className={styles.keys}>
            {keys.map(([name, ...combinations]) => (
              <div key={name} className={styles.line}>
                <dt>{t(`sidebar.keys.${id}.${name}`)}</dt>
                <dd>
                  {combinations.map((one) => (
                    <Kbd key={one} keys={one} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
