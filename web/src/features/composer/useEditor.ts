import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { sayStopped, sayTyping } from "@/lib/client/activity";
import { isOwn, mayEdit } from "@/lib/store/rules";
import { store } from "@/lib/store/state";
import { completed } from "./complete";
import { deskOf, editMessage, type Hands, keepEdit, putHands, stopEditing } from "./desk";
import { draftOf, flushDrafts, keepDraft } from "./drafts";
import { fill, grow, make, selected } from "./field";
import { enterSends, meant } from "./keys";
import type { Option } from "./options";
import { submit, submitEdit, withQuotes } from "./send";
import { type Change, newLine, pasted, type Selected, toggleMark } from "./text";
import { useCompletion } from "./useCompletion";

/** From when on it is said how many characters are left. */
const NEAR = 200;
const touch = () => matchMedia("(pointer: coarse)").matches;

export interface Editor {
  field: RefObject<HTMLTextAreaElement | null>;
  completion: ReturnType<typeof useCompletion>;
  /** Whether there is something to send. */
  filled: boolean;
  /** How many characters are left, when they are few; negative when there are too many. */
  left: number | undefined;
  send(): void;
  take(option: Option): void;
  change(what: (selected: Selected) => Change): void;
  insert(text: string): void;
  onInput(): void;
  onSelect(): void;
  onKeyDown(event: KeyboardEvent): void;
  onPaste(event: ClipboardEvent): void;
  onBlur(): void;
}

/** The behaviour of a room's composer. The text is the field's own; what is drawn anew is only what a key changes around it. */
export function useEditor(rid: string): Editor {
  const field = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(rid);
  const [filled, setFilled] = useState(false);
  const [left, setLeft] = useState<number>();

  const editor = useMemo(() => {
    const value = () => field.current?.value ?? "";

    /** What the text being as it is means for what is around it; nothing is drawn anew where nothing changes. */
    const measure = () => {
      const text = value();
      setFilled(text.trim() !== "");
      const max = store.getState().settings.get("Message_MaxAllowedSize");
      const { editing, quotes } = deskOf(rid);
      const length = editing ? text.length : withQuotes(quotes, text).length;
      setLeft(typeof max === "number" && max > 0 && length > max - Math.min(NEAR, max / 2) ? max - length : undefined);
    };
    const keep = () => {
      const { editing } = deskOf(rid);
      if (editing) keepEditSoon(rid, editing._id, value());
      else keepDraft(rid, value());
    };
    const show = () => {
      const { editing, edits } = deskOf(rid);
      if (!field.current) return;
      fill(field.current, editing ? (edits[editing._id] ?? editing.msg) : draftOf(rid));
      measure();
    };
    const hands: Hands = {
      focus: () => field.current?.focus(),
      insert: (text) => {
        if (!field.current) return;
        const { text: whole, start, end } = selected(field.current);
        const gap = start > 0 && !/\s$/.test(whole.slice(0, start)) && /^\w/.test(text) ? " " : "";
        const at = start + gap.length + text.length;
        make(field.current, { from: start, to: end, insert: gap + text, start: at, end: at });
      },
      store: () => {
        if (!field.current) return;
        keep();
        flushEdits();
        flushDrafts();
      },
      show,
    };
    const change = (what: (from: Selected) => Change) => field.current && make(field.current, what(selected(field.current)));
    const tooLong = () => {
      const max = store.getState().settings.get("Message_MaxAllowedSize");
      return typeof max === "number" && max > 0 && withQuotes(deskOf(rid).editing ? [] : deskOf(rid).quotes, value().trim()).length > max;
    };
    const send = () => {
      const { editing } = deskOf(rid);
      completion.close();
      if (tooLong()) return;
      flushEdits();
      if (editing) {
        // An empty text is no edit: the message is deleted by its own act.
        if (value().trim() !== "") void submitEdit(rid, editing, value());
      } else if (submit(rid, value())) {
        keepDraft(rid, "");
        flushDrafts();
        show();
        sayStopped(rid);
      }
      field.current?.focus();
    };
    return { value, measure, keep, show, hands, change, send };
  }, [rid, completion.close]);

  useEffect(() => {
    editor.show();
    const end = putHands(rid, editor.hands);
    return () => {
      end();
      flushEdits();
      flushDrafts();
      sayStopped(rid);
    };
  }, [rid, editor]);

  const look = () => field.current && completion.look(field.current.value, field.current.selectionStart);
  const take = (option: Option | undefined) => {
    const { naming } = completion;
    if (!naming || !option) return;
    editor.change(({ text }) => completed(text, naming, option.insert));
    completion.close();
  };

  const onInput = () => {
    if (!field.current) return;
    grow(field.current);
    editor.measure();
    editor.keep();
    look();
    const text = editor.value();
    if (deskOf(rid).editing) return;
    if (text === "" || text.startsWith("/")) sayStopped(rid);
    else sayTyping(rid);
  };

  const chooses = (event: KeyboardEvent): boolean => {
    if (!completion.open) return false;
    const option = completion.options[completion.place];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") completion.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") completion.leave();
    else if (event.key === "Tab" && !event.shiftKey) take(option);
    else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      // What is written out whole already needs no taking.
      const { naming } = completion;
      if (naming && option && option.insert === naming.kind + naming.query) return false;
      take(option);
    } else return false;
    return true;
  };

  const leaves = (event: KeyboardEvent): boolean => {
    if (event.key === "Escape" && deskOf(rid).editing) {
      stopEditing(rid);
      return true;
    }
    if (event.key !== "ArrowUp" || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || editor.value() !== "") return false;
    const state = store.getState();
    const last = state.timelines.get(rid)?.messages.findLast((message) => isOwn(state, message) && mayEdit(state, message, Date.now()));
    if (!last || deskOf(rid).editing) return false;
    editMessage(last);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // 229: an input method has the key, in browsers that end the composition before they say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (chooses(event) || leaves(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const { me, settings } = store.getState();
    const preference = me?.settings?.preferences?.sendOnEnter ?? settings.get("Accounts_Default_User_Preferences_sendOnEnter");
    const what = meant(event, enterSends(preference, touch()));
    if (!what) return;
    event.preventDefault();
    if (what === "send") editor.send();
    else if (what === "newline") editor.change(newLine);
    else editor.change((from) => toggleMark(from, what.mark));
  };

  const onPaste = (event: ClipboardEvent) => {
    const link = field.current && pasted(selected(field.current), event.clipboardData.getData("text/plain"));
    if (!link) return;
    event.preventDefault();
    editor.change(() => link);
  };

  return {
    field,
    completion,
    filled,
    left,
    send: editor.send,
    take,
    change: editor.change,
    insert: editor.hands.insert,
    onInput,
    onSelect: look as () => void,
    onKeyDown,
    onPaste,
    onBlur: () => {
      completion.close();
      flushEdits();
      flushDrafts();
    },
  };
}

let edit: { rid: string; id: string; text: string } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The desk is written as a whole: not with each key. */
function keepEditSoon(rid: string, id: string, text: string): void {
  if (edit && edit.id !== id) flushEdits();
  edit = { rid, id, text };
  timer ??= setTimeout(flushEdits, 300);
}

function flushEdits(): void {
  clearTimeout(timer);
  timer = undefined;
  if (edit && deskOf(edit.rid).editing?._id === edit.id) keepEdit(edit.rid, edit.id, edit.text);
  edit = undefined;
}
