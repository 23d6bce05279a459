// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "@/lib/protocol/documents";
import { readDraft } from "@/lib/store/local";
import { initial, store } from "@/lib/store/state";
import { deskOf, dropQuotes, editMessage, giveBack, insertText, keepEdit, putHands, quoteMessage, spend, stopEditing } from "./desk";
import { draftOf, flushDrafts, keepDraft } from "./drafts";
import { Writing } from "./writing";

vi.mock("@/lib/client/activity", () => ({ sayTyping: () => {}, sayStopped: () => {} }));

const rid = "r1";
const message: Message = { _id: "m1", rid, msg: "[ ](http://a/x?msg=1) said", ts: new Date(0), u: { _id: "ann" } };
let field: HTMLTextAreaElement;
let writing: Writing;
let measures: { filled: boolean; left: number | undefined }[];
let leave: () => void;

function enter(): void {
  field = document.createElement("textarea");
  document.body.append(field);
  writing = new Writing(rid, (measure) => measures.push(measure));
  field.addEventListener("input", () => writing.typed());
  const rest = writing.attach(field);
  const end = putHands(rid, writing);
  leave = () => {
    end();
    rest();
    field.remove();
  };
}

function type(text: string): void {
  field.value = text;
  writing.typed();
}

beforeEach(() => {
  measures = [];
  store.setState({ ...initial, session: { uid: "ann", token: "t" }, settings: new Map([["Message_MaxAllowedSize", 1000]]) });
  enter();
});

afterEach(() => {
  leave();
  dropQuotes(rid);
  stopEditing(rid);
  keepEdit(rid, "m1", undefined);
  keepDraft(rid, "");
  flushDrafts();
  localStorage.clear();
});

describe("what is typed", () => {
  it("is there when the room is entered again, however soon it was left", () => {
    type("half a thou");
    leave();
    expect(readDraft("ann", rid)).toBe("half a thou");
    expect(store.getState().drafts.has(rid)).toBe(true);
    enter();
    expect(field.value).toBe("half a thou");
  });

  it("comes back after editing, and the edit comes back after leaving the room", () => {
    type("kept");
    editMessage(message);
    expect(field.value).toBe("said");
    type("said more");
    leave();
    enter();
    expect(field.value).toBe("said more");
    expect(draftOf(rid)).toBe("kept");
    stopEditing(rid);
    expect(field.value).toBe("kept");
  });

  it("is joined by what could not be sent, not replaced", () => {
    giveBack(rid, "/kick @bob");
    expect(field.value).toBe("/kick @bob");
    type("written since");
    giveBack(rid, "/kick @cat");
    expect(field.value).toBe("/kick @cat\nwritten since");
  });

  it("is emptied by a late sending only while it is the same", () => {
    type("/nope");
    spend(rid, "/nope");
    expect(field.value).toBe("");
    type("/nope and more");
    spend(rid, "/nope");
    expect(field.value).toBe("/nope and more");
  });

  it("takes in what others insert, on the screen or not", () => {
    type("hi");
    insertText(rid, "@bob");
    expect(field.value).toBe("hi @bob");
    insertText(rid, "you");
    expect(field.value).toBe("hi @bob you");
    leave();
    insertText(rid, "late");
    expect(draftOf(rid)).toBe("hi @bob you late");
    enter();
  });
});

describe("the desk", () => {
  it("holds quotes once each, and none while a message is edited", () => {
    quoteMessage(message);
    quoteMessage(message);
    expect(deskOf(rid).quotes).toHaveLength(1);
    editMessage(message);
    quoteMessage({ ...message, _id: "m2" });
    expect(deskOf(rid).editing).toBeUndefined();
    expect(deskOf(rid).quotes).toHaveLength(2);
  });

  it("keeps the changed text when it is left for later", () => {
    editMessage(message);
    type("changed");
    writing.store();
    stopEditing(rid, true);
    editMessage(message);
    expect(field.value).toBe("changed");
  });
});

describe("what shows around the text", () => {
  it("changes only when it is another", () => {
    type("a");
    type("ab");
    type("abc");
    expect(measures).toEqual([{ filled: true, left: undefined }]);
    type("x".repeat(900));
    expect(measures.at(-1)).toEqual({ filled: true, left: 100 });
    type("x".repeat(1010));
    expect(measures.at(-1)?.left).toBeLessThan(0);
  });
});
