// The work at one room's text area: what is in it is the browser's, what becomes of it is here.

import { permalink } from "@/app/permalink";
import { sayStopped, sayTyping } from "@/lib/client/activity";
import { splitQuotes, withQuotes } from "@/lib/protocol/quotes";
import { store } from "@/lib/store/state";
import { deskOf, type Hands } from "./desk";
import { draftOf, flushDrafts, keepDraft } from "./drafts";
import { flushEdits, keepEditSoon } from "./edits";
import { fill, grow, make, selected } from "./field";
import { dropPassingNote } from "./notes";
import { submit, submitEdit } from "./send";
import type { Change, Selected } from "./text";

/** From when on it is said how many characters are left. */
const NEAR = 200;

/** What of the text shows around it. */
export interface Measure {
  /** Whether there is something to send. */
  filled: boolean;
  /** How many characters are left, when they are few; negative when there are too many. */
  left: number | undefined;
}

export class Writing implements Hands {
  private field: HTMLTextAreaElement | null = null;
  private measured: Measure = { filled: false, left: undefined };

  constructor(
    private readonly rid: string,
    /** Told when what shows around the text is another. */
    private readonly onMeasure: (measure: Measure) => void,
  ) {}

  /** Takes up its work in a field; what ends it. */
  attach(field: HTMLTextAreaElement | null): () => void {
    this.field = field;
    this.show();
    return () => {
      this.field = null;
      flushEdits();
      flushDrafts();
      sayStopped(this.rid);
    };
  }

  get text(): string {
    return this.field?.value ?? "";
  }

  get selected(): Selected | undefined {
    return this.field ? selected(this.field) : undefined;
  }

  focus(): void {
    this.field?.focus();
  }

  change(what: (from: Selected) => Change): void {
    if (this.field) make(this.field, what(selected(this.field)));
  }

  insert(text: string): void {
    this.change(({ text: whole, start, end }) => {
      const gap = start > 0 && !/\s$/.test(whole.slice(0, start)) && /^[\p{L}\p{N}@#]/u.test(text) ? " " : "";
      const at = start + gap.length + text.length;
      return { from: start, to: end, insert: gap + text, start: at, end: at };
    });
  }

  store(): void {
    if (!this.field) return;
    this.keep();
    flushEdits();
    flushDrafts();
  }

  show(): void {
    if (!this.field) return;
    const { editing, edits } = deskOf(this.rid);
    fill(this.field, editing ? (edits[editing._id] ?? splitQuotes(editing.msg).text) : draftOf(this.rid));
    this.measure();
  }

  /** After each key: nothing here is drawn anew unless something around the text changes. */
  typed(): void {
    if (!this.field) return;
    grow(this.field);
    this.measure();
    this.keep();
    dropPassingNote(this.rid);
    if (deskOf(this.rid).editing) return;
    if (this.text === "" || this.text.startsWith("/")) sayStopped(this.rid);
    else sayTyping(this.rid);
  }

  send(): void {
    const { editing } = deskOf(this.rid);
    const text = this.text;
    this.focus();
    // An empty text is no edit: a message is deleted by its own act.
    if (text.trim() === "" || (this.left() ?? 0) < 0) return;
    flushEdits();
    if (editing) return void submitEdit(this.rid, editing, text);
    if (!submit(this.rid, text)) return;
    keepDraft(this.rid, "");
    flushDrafts();
    this.show();
    sayStopped(this.rid);
  }

  private keep(): void {
    const { editing } = deskOf(this.rid);
    if (editing) keepEditSoon(this.rid, editing._id, this.text);
    else keepDraft(this.rid, this.text);
  }

  /** How many characters the server will still take. */
  private left(): number | undefined {
    const max = store.getState().settings.get("Message_MaxAllowedSize");
    if (typeof max !== "number" || max <= 0) return undefined;
    const { editing, quotes } = deskOf(this.rid);
    const before = editing ? splitQuotes(editing.msg).links : withQuotes(quotes.map(permalink), "");
    return max - before.length - this.text.length;
  }

  private measure(): void {
    const max = Number(store.getState().settings.get("Message_MaxAllowedSize"));
    const left = this.left();
    const near = left !== undefined && left < Math.min(NEAR, max / 2) ? left : undefined;
    const measure = { filled: this.text.trim() !== "", left: near };
    if (measure.filled === this.measured.filled && measure.left === this.measured.left) return;
    this.measured = measure;
    this.onMeasure(measure);
  }
}
