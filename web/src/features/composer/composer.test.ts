import { describe, expect, it } from "vitest";
import { commandsFor, meaningOf } from "./commands";
import { completed, namingAt } from "./complete";
import { enterSends, meant } from "./keys";
import { applied, type Change, makeLink, newLine, pasted, type Selected, toggleList, toggleMark } from "./text";
import { initial } from "@/lib/store/state";

/** A text in which `|` is the caret, or two of them the selection. */
function at(marked: string): Selected {
  const [before = "", middle = "", after] = marked.split("|");
  if (after === undefined) return { text: before + middle, start: before.length, end: before.length };
  return { text: before + middle + after, start: before.length, end: before.length + middle.length };
}

function result({ text }: Selected, change: Change | undefined): string {
  if (!change) return "unchanged";
  const made = applied(text, change);
  const { start, end } = change;
  return start === end ? `${made.slice(0, start)}|${made.slice(start)}` : `${made.slice(0, start)}|${made.slice(start, end)}|${made.slice(end)}`;
}

const does = (what: (selected: Selected) => Change | undefined) => (marked: string) => result(at(marked), what(at(marked)));

describe("marks", () => {
  const bold = does((selected) => toggleMark(selected, "*"));
  it("go around what is selected, and away again", () => {
    expect(bold("a |word| b")).toBe("a *|word|* b");
    expect(bold("a *|word|* b")).toBe("a |word| b");
    expect(bold("a |*word*| b")).toBe("a |word| b");
  });

  it("touch the words, and wait for words", () => {
    expect(bold("a| word |b")).toBe("a *|word|* b");
    expect(bold("a |")).toBe("a *|*");
    expect(bold("a *|*")).toBe("a |");
  });

  it("make a block of lines of code", () => {
    expect(does((selected) => toggleMark(selected, "`"))("|a\nb|")).toBe("```\n|a\nb|\n```");
    expect(does((selected) => toggleMark(selected, "`"))("|a|")).toBe("`|a|`");
  });
});

const paste = (clip: string) => does((selected) => pasted(selected, clip));

describe("links", () => {
  it("are made of words, and of addresses", () => {
    expect(does(makeLink)("see |this| now")).toBe("see [this](|) now");
    expect(does(makeLink)("|https://a.org|")).toBe("[|](https://a.org)");
    expect(does(makeLink)("x |")).toBe("x [|]()");
  });

  it("are made by pasting an address over words, and by nothing else", () => {
    expect(paste("https://a.org/x ")("see |this|.")).toBe("see [this](https://a.org/x)|.");
    expect(paste("https://a.org")("see |")).toBe("unchanged");
    expect(paste("words")("see |this|")).toBe("unchanged");
    expect(paste("https://a.org")("|https://b.org|")).toBe("unchanged");
    expect(paste("https://a.org")("|a\nb|")).toBe("unchanged");
  });
});

describe("a new line", () => {
  const line = does(newLine);
  it("goes on with a list", () => {
    expect(line("- a|")).toBe("- a\n- |");
    expect(line("  * a|")).toBe("  * a\n  * |");
    expect(line("9. a|")).toBe("9. a\n10. |");
    expect(line("1) a|b")).toBe("1) a\n2) |b");
    expect(line("- [x] a|")).toBe("- [x] a\n- [ ] |");
    expect(line("> a|")).toBe("> a\n> |");
  });

  it("ends a list at an empty item", () => {
    expect(line("- a\n- |")).toBe("- a\n|");
    expect(line("3. |")).toBe("|");
  });

  it("is only a new line elsewhere", () => {
    expect(line("a|b")).toBe("a\n|b");
    expect(line("-a|")).toBe("-a\n|");
    expect(line("a|bc|d")).toBe("a\n|d");
    expect(line("```\n- a|")).toBe("```\n- a\n|");
    expect(line("-| a")).toBe("-\n| a");
  });
});

describe("the list button", () => {
  it("makes items of lines and lines of items", () => {
    expect(does(toggleList)("a|")).toBe("- a|");
    expect(does(toggleList)("x\n|a\nb|\ny")).toBe("x\n|- a\n- b|\ny");
    expect(does(toggleList)("|- a\n- b|")).toBe("|a\nb|");
  });
});

const naming = (marked: string) => {
  const { text, start } = at(marked);
  const found = namingAt(text, start);
  return found && `${found.kind}${found.query}@${found.from}`;
};

const take = (marked: string, insert: string) => {
  const selected = at(marked);
  const found = namingAt(selected.text, selected.start);
  return found && result(selected, completed(selected.text, found, insert));
};

describe("naming", () => {
  it("is seen for people and rooms at the start of words", () => {
    expect(naming("@|")).toBe("@@0");
    expect(naming("hi @an|")).toBe("@an@3");
    expect(naming("(#gen|")).toBe("#gen@1");
    expect(naming("*@bo|")).toBe("@bo@1");
    expect(naming("hi @an|na")).toBe("@an@3");
    expect(naming("@ann.b-c_d|")).toBe("@ann.b-c_d@0");
    expect(naming("@жан|")).toBe("@жан@0");
    expect(naming("me@host|")).toBeUndefined();
    expect(naming("@ann |")).toBeUndefined();
    expect(naming("a#|")).toBeUndefined();
  });

  it("is seen for emoji after two letters, and not in faces and times", () => {
    expect(naming("ok :sm|")).toBe(":sm@3");
    expect(naming(":+1|")).toBe(":+1@0");
    expect(naming(":D|")).toBeUndefined();
    expect(naming("10:30|")).toBeUndefined();
    expect(naming("http://a|")).toBeUndefined();
    expect(naming(":smile:|")).toBeUndefined();
    expect(naming("a::b|")).toBeUndefined();
  });

  it("is seen for commands at the start alone", () => {
    expect(naming("/|")).toBe("/@0");
    expect(naming("/inv|")).toBe("/inv@0");
    expect(naming("a /inv|")).toBeUndefined();
    expect(naming("/invite |")).toBeUndefined();
    expect(naming("/invite @b|")).toBe("@b@8");
  });

  it("is not seen in blocks of code", () => {
    expect(naming("```\n@an|")).toBeUndefined();
    expect(naming("```\na\n``` @an|")).toBe("@an@10");
  });

  it("is completed with a blank behind", () => {
    expect(take("hi @an|", "@anna")).toBe("hi @anna |");
    expect(take("hi @an| you", "@anna")).toBe("hi @anna |you");
    expect(take(":smi|", "😄")).toBe("😄 |");
  });
});

const key = (name: string, more: object = {}) => ({ key: name, code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

describe("keys", () => {
  it("send or not, as is preferred", () => {
    expect([enterSends("normal", true), enterSends("alternative", false), enterSends("desktop", true), enterSends("desktop", false), enterSends(undefined, false)]).toEqual([true, false, false, true, true]);
    expect([meant(key("Enter"), true), meant(key("Enter"), false), meant(key("Enter", { metaKey: true }), false), meant(key("Enter", { shiftKey: true }), true)]).toEqual(["send", "newline", "send", "newline"]);
  });

  it("mark, and leave the browser its own", () => {
    expect(meant(key("b", { ctrlKey: true }), true)).toEqual({ mark: "*" });
    expect(meant(key("X", { metaKey: true, shiftKey: true }), true)).toEqual({ mark: "~" });
    expect([meant(key("k", { ctrlKey: true }), true), meant(key("x", { ctrlKey: true }), true), meant(key("b"), true)]).toEqual([undefined, undefined, undefined]);
  });
});

describe("commands", () => {
  it("are told from texts", () => {
    expect(meaningOf("/kick @bob", false)).toEqual({ kind: "command", name: "kick", params: "@bob" });
    expect(meaningOf("/KICK", false)).toEqual({ kind: "command", name: "kick", params: "" });
    expect(meaningOf("/etc/hosts", false)).toEqual({ kind: "text", text: "/etc/hosts" });
    expect(meaningOf("/ a", false).kind).toBe("text");
    expect(meaningOf("/nope x", false)).toEqual({ kind: "unknown", name: "nope" });
    expect(meaningOf("/nope x", true)).toEqual({ kind: "text", text: "/nope x" });
  });

  it("that only say something are texts at once", () => {
    expect(meaningOf("/me waves", false)).toEqual({ kind: "text", text: "_waves_" });
    expect(meaningOf("/tableflip", false)).toEqual({ kind: "text", text: "(╯°□°）╯︵ ┻━┻" });
    expect(meaningOf("/shrug no idea", false)).toEqual({ kind: "text", text: "no idea ¯\\\\_(ツ)_/¯" });
  });

  it("are offered to who may use them", () => {
    const state = { ...initial, me: { _id: "a", roles: ["user"] }, permissions: new Map([["remove-user", { _id: "remove-user", roles: ["owner"] }]]) };
    expect(commandsFor(state, "r", "").map((one) => one.name)).not.toContain("kick");
    expect(commandsFor(state, "r", "ST").map((one) => one.name)).toEqual(["status"]);
  });
});
