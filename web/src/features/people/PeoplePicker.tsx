import { Combobox } from "@base-ui/react/combobox";
import { useState, type Ref } from "react";
import { useTranslation } from "@/i18n";
import type { FoundUser } from "@/lib/protocol/methods";
import { Avatar, Field, Icon, Spinner } from "@/ui";
import { usePeopleSearch } from "./search";
import styles from "./PeoplePicker.module.css";

export interface PeoplePickerProps {
  label: string;
  hideLabel?: boolean;
  hint?: string;
  error?: string;
  value: readonly FoundUser[];
  onValueChange: (people: FoundUser[]) => void;
  /** The room that people are picked for: who is there already cannot be picked. */
  rid?: string;
  /** User names that are never offered. */
  exclude?: readonly string[];
  inputRef?: Ref<HTMLInputElement>;
}

const same = (one: FoundUser, other: FoundUser) => one._id === other._id;
const called = (person: FoundUser) => person.name || person.username;

/** Picks people, several at once: type, arrows, Enter; Backspace takes the last one back. */
export function PeoplePicker({ label, hideLabel, hint, error, value, onValueChange, rid, exclude, inputRef }: PeoplePickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const { found, busy, failed } = usePeopleSearch(text, open, rid, exclude);
  const pick = (people: FoundUser[]) => {
    onValueChange(people);
    setText("");
  };
  return (
    <Field {...{ label, hideLabel, hint, error }}>
      {(wires) => (
        <Combobox.Root
          multiple
          items={found}
          value={value}
          onValueChange={pick}
          inputValue={text}
          onInputValueChange={setText}
          open={open}
          onOpenChange={setOpen}
          filter={null}
          autoHighlight
          isItemEqualToValue={same}
          itemToStringLabel={called}
        >
          <Combobox.InputGroup className={styles.box} data-invalid={error ? true : undefined}>
            <Combobox.Chips className={styles.chips}>
              {value.map((person) => (
                <Combobox.Chip key={person._id} className={styles.chip} aria-label={called(person)}>
                  <Avatar name={called(person)} username={person.username} etag={person.avatarETag} size={20} />
                  <span className={styles.chipName}>{called(person)}</span>
                  <Combobox.ChipRemove className={styles.remove} aria-label={t("people.picker.remove", { name: called(person) })}>
                    <Icon name="close" size="small" />
                  </Combobox.ChipRemove>
                </Combobox.Chip>
              ))}
              <Combobox.Input
                ref={inputRef}
                className={styles.input}
                placeholder={value.length === 0 ? t("people.picker.placeholder") : undefined}
                {...wires}
              />
            </Combobox.Chips>
          </Combobox.InputGroup>
          <Combobox.Portal>
            <Combobox.Positioner className={styles.positioner} sideOffset={4} align="start">
              <Combobox.Popup className={styles.popup}>
                <Combobox.Status className={styles.status}>
                  {busy && found.length === 0 && (
                    <>
                      <Spinner /> {t("people.picker.searching")}
                    </>
                  )}
                  {failed && t("people.picker.failed")}
                  {!busy && !failed && found.length === 0 && t("people.picker.none")}
                </Combobox.Status>
                <Combobox.List className={styles.list}>
                  {(person: FoundUser) => <Suggestion key={person._id} person={person} inside={rid !== undefined && !person.outside} />}
                </Combobox.List>
              </Combobox.Popup>
            </Combobox.Positioner>
          </Combobox.Portal>
        </Combobox.Root>
      )}
    </Field>
  );
}

function Suggestion({ person, inside }: { person: FoundUser; inside: boolean }) {
  const { t } = useTranslation();
  return (
    <Combobox.Item value={person} disabled={inside} className={styles.item}>
      <Avatar name={called(person)} username={person.username} etag={person.avatarETag} size={24} presence={person.status} />
      <span className={styles.names}>
        <span className={styles.name}>{called(person)}</span>
        <span className={styles.username}>@{person.username}</span>
      </span>
      {inside && <span className={styles.note}>{t("people.picker.inside")}</span>}
      <Combobox.ItemIndicator className={styles.mark}>
        <Icon name="check" size="small" />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  );
}
