import { useState } from "react";
import { useTranslation } from "@/i18n";
import { EmojiPicker } from "@/features/emoji";
import { IconButton, type IconName, Toolbar, ToolbarButton, ToolbarSeparator } from "@/ui";
import styles from "./Editor.module.css";
import { type Change, makeLink, type Mark, type Selected, toggleList, toggleMark } from "./text";

interface FormatBarProps {
  onChange: (what: (selected: Selected) => Change) => void;
  onEmoji: (char: string) => void;
}

const marks: readonly { mark: Mark; icon: IconName; name: string; keys: string }[] = [
  { mark: "*", icon: "bold", name: "bold", keys: "mod+b" },
  { mark: "_", icon: "italic", name: "italic", keys: "mod+i" },
  { mark: "~", icon: "strike", name: "strike", keys: "mod+shift+x" },
  { mark: "`", icon: "code", name: "code", keys: "mod+e" },
];

/** What can be done to the text by hand. Where there is little room it waits behind one button. */
export function FormatBar({ onChange, onEmoji }: FormatBarProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon="plus" label={t("composer.formatting")} className={styles.more} aria-expanded={open} pressed={open} onClick={() => setOpen(!open)} />
      <Toolbar label={t("composer.formatting")} className={open ? styles.formatsOpen : styles.formats}>
        {marks.map(({ mark, icon, name, keys }) => (
          <ToolbarButton key={mark} icon={icon} label={t(`composer.format.${name}`)} shortcut={keys} onClick={() => onChange((selected) => toggleMark(selected, mark))} />
        ))}
        <ToolbarSeparator />
        <ToolbarButton icon="link" label={t("composer.format.link")} onClick={() => onChange(makeLink)} />
        <ToolbarButton icon="list" label={t("composer.format.list")} onClick={() => onChange(toggleList)} />
      </Toolbar>
      <EmojiPicker side="top" align="start" trigger={<IconButton icon="smile" label={t("composer.format.emoji")} size="small" />} onPick={(_, char) => onEmoji(char)} />
    </>
  );
}
