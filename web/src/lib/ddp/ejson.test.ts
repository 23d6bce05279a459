import { describe, expect, it } from "vitest";
import { fromEjson, toEjson } from "./ejson";

describe("EJSON", () => {
  it("reads dates at any depth", () => {
    expect(fromEjson({ a: [{ ts: { $date: 5 } }] })).toEqual({ a: [{ ts: new Date(5) }] });
  });

  it("reads an escaped object as itself", () => {
    expect(fromEjson({ $escape: { $date: 5 } })).toEqual({ $date: 5 });
  });

  it("reads what looks like a date and is none as it stands", () => {
    expect(fromEjson({ $date: 5, more: 1 })).toEqual({ $date: 5, more: 1 });
    expect(fromEjson({ $date: "text" })).toEqual({ $date: "text" });
  });

  it("writes dates, and leaves out what has no value", () => {
    expect(toEjson({ a: new Date(5), b: undefined, c: [undefined, null] })).toEqual({ a: { $date: 5 }, c: [null, null] });
  });
});
