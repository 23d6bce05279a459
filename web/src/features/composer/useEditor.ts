import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { isOwn, mayEdit } from "@/lib/store/rules";
import { store } from "@/lib/store/state";
import { completed } from "./complete";
import { deskOf, editMessage, putHands, stopEditing } from "./desk";
import { flushDrafts } from "./drafts";
import { flushEdits } from "./edits";
import { enterSends, meant } from "./keys";
import type { Option } from "./options";
import { newLine, pasted, toggleMark } from "./text";
import { type Completion, useCompletion } from "./useCompletion";
import { type Measure, Writing } from "./writing";

export interface Editor {
  writing: Writing;
  measure: Measure;
  completion: Completion;
  take(option: Option): void;
  onInput(): void;
  onSelect(): void;
  onKeyDown(event: KeyboardEvent): void;
  onPaste(event: ClipboardEvent): void;
  onBlur(): void;
}

/** The behaviour of a room's composer. The text is the field's own; what is drawn anew is only what a key changes around it. */
export function useEditor(rid: string, field: RefObject<HTMLTextAreaElement | null>): Editor {
  const completion = useCompletion(rid);
  const [measure, setMeasure] = useState<Measure>({ filled: false, left: undefined });
  const [writing] = useState(() => new Writing(rid, setMeasure));

  useEffect(() => {
    const rest = writing.attach(field.current);
    const end = putHands(rid, writing);
    return () => {
      end();
      rest();
    };
  }, [rid, field, writing]);

  const look = () => {
    const at = writing.selected;
    if (at && at.start === at.end) completion.look(at.text, at.start);
    else completion.close();
  };
  const take = (option: Option | undefined) => {
    const { naming } = completion;
    if (!naming || !option) return;
    writing.change(({ text }) => completed(text, naming, option.insert));
    completion.close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: an input method has the key, in browsers that end the composition before they say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (chooses(event, completion, take) || leaves(event, rid, writing)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const what = meant(event, sendsNow());
    if (!what) return;
    event.preventDefault();
    if (what === "newline") return writing.change(newLine);
    if (what !== "send") return writing.change((from) => toggleMark(from, what.mark));
    completion.close();
    writing.send();
  };
  return {
    writing,
    measure,
    completion,
    take,
    onKeyDown,
    onInput: () => {
      writing.typed();
      look();
    },
    onSelect: look,
    onPaste: (event) => paste(event, writing),
    onBlur: () => {
      completion.close();
      flushEdits();
      flushDrafts();
    },
  };
}

/** Whether Enter sends, as this user prefers, on this device. */
function sendsNow(): boolean {
  const { me, settings } = store.getState();
  const preference = me?.settings?.preferences?.sendOnEnter ?? settings.get("Accounts_Default_User_Preferences_sendOnEnter");
  return enterSends(preference, matchMedia("(pointer: coarse)").matches);
}

/** The keys of the list, while it is open; whether one was pressed. */
function chooses(event: KeyboardEvent, completion: Completion, take: (option: Option | undefined) => void): boolean {
  if (!completion.open) return false;
  const { naming, options, place } = completion;
  const option = options[place];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") completion.move(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Escape") completion.leave();
  else if (event.key === "Tab" && !event.shiftKey) take(option);
  else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    // What is written out whole already needs no taking.
    if (naming && option?.insert === naming.kind + naming.query) return false;
    take(option);
  } else return false;
  return true;
}

/** Into editing the last message, and out of it; whether the key did that. */
function leaves(event: KeyboardEvent, rid: string, writing: Writing): boolean {
  const { editing } = deskOf(rid);
  if (event.key === "Escape" && editing) {
    stopEditing(rid);
    return true;
  }
  const bare = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
  if (event.key !== "ArrowUp" || !bare || editing || writing.text !== "") return false;
  const state = store.getState();
  const last = state.timelines.get(rid)?.messages.findLast((message) => isOwn(state, message) && mayEdit(state, message, Date.now()));
  if (last) editMessage(last);
  return last !== undefined;
}

function paste(event: ClipboardEvent, writing: Writing): void {
  const at = writing.selected;
  const link = at && pasted(at, event.clipboardData.getData("text/plain"));
  if (!link) return;
  event.preventDefault();
  writing.change(() => link);
}
