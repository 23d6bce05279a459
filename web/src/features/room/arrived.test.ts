import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/protocol/documents";
import { arrived } from "./arrived";

const said = (id: number, by = "ann") => ({ _id: `m${id}`, rid: "r", msg: `${id}`, u: { _id: by, username: by }, ts: new Date(id + 1) }) as unknown as Message;
const ids = (messages: readonly Message[]) => messages.map(({ _id }) => _id);

describe("what is read out", () => {
  it("is what came after the newest that was known, but not one's own", () => {
    expect(ids(arrived([said(1), said(2), said(3, "me"), said(4)], said(2), "me"))).toEqual(["m4"]);
    expect(arrived([said(1), said(2)], said(2), "me")).toEqual([]);
  });

  it("is nothing when older ones are put in, or the newest is deleted", () => {
    expect(arrived([said(0), said(1), said(2)], said(2), "me")).toEqual([]);
    expect(arrived([said(0), said(1)], said(2), "me")).toEqual([]);
  });

  it("is the last few of many", () => {
    expect(ids(arrived([...Array(9).keys()].map((id) => said(id)), said(0), "me"))).toEqual(["m4", "m5", "m6", "m7", "m8"]);
  });
});
