import { useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import { Avatar, Icon } from "@/ui";
import type { Option } from "./options";
import styles from "./CompletionList.module.css";

export interface CompletionListProps {
  id: string;
  options: readonly Option[];
  place: number;
  onPoint: (place: number) => void;
  onTake: (option: Option) => void;
}

/** The list above the field. The caret stays in the field: keys come from there. */
export function CompletionList({ id, options, place, onPoint, onTake }: CompletionListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[place]?.scrollIntoView({ block: "nearest" }), [place]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t("composer.suggestions")} className={styles.list}>
      {options.map((option, at) => (
        <button
          key={option.key}
          type="button"
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === place}
          className={styles.option}
          onPointerMove={at === place ? undefined : () => onPoint(at)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(option)}
        >
          <Picture option={option} />
          <span className={styles.label} dir="auto">{option.label}</span>
          {option.detail ? <span className={styles.detail} dir="auto">{option.detail}</span> : null}
          {option.note ? <span className={styles.note}>{option.note}</span> : null}
        </button>
      ))}
    </div>
  );
}

function Picture({ option: { picture, label } }: { option: Option }) {
  if (picture.kind === "person") return <Avatar size={20} name={label} username={picture.username} presence={picture.status} />;
  return <span className={styles.sign}>{picture.kind === "char" ? picture.char : <Icon name={picture.icon} size="small" />}</span>;
}
