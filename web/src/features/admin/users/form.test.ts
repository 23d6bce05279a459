import { describe, expect, it } from "vitest";
import type { Account } from "./calls";
import { changes, draftOf, problemsOf, whole } from "./form";

const ann: Account = { _id: "1", name: "Ann", username: "ann", emails: [{ address: "ann@example.org", verified: true }], roles: ["user", "admin"], requirePasswordChange: false };

describe("changes", () => {
  it("sends only what is another", () => {
    const draft = draftOf(ann);
    expect(changes(ann, draft)).toEqual({});
    expect(changes(ann, { ...draft, name: " Anna " })).toEqual({ name: "Anna" });
    expect(changes(ann, { ...draft, roles: ["admin", "user"] })).toEqual({});
    expect(changes(ann, { ...draft, roles: ["user"] })).toEqual({ roles: ["user"] });
  });

  it("says whether a new address is verified", () => {
    expect(changes(ann, { ...draftOf(ann), email: "a@example.org" })).toEqual({ email: "a@example.org", verified: true });
  });

  it("sends a password, and whether it must be changed", () => {
    expect(changes(ann, { ...draftOf(ann), way: "set", password: "secret" })).toEqual({ password: "secret", requirePasswordChange: false });
    expect(changes(ann, { ...draftOf(ann), way: "random", mustChange: true })).toEqual({ setRandomPassword: true, requirePasswordChange: true });
  });
});

it("finds what is missing", () => {
  expect(problemsOf({ ...draftOf(undefined), way: "set", roles: [] })).toEqual({
    name: "missing",
    username: "missing",
    email: "missing",
    password: "missing",
    roles: "missing",
  });
  expect(problemsOf({ ...draftOf(ann), email: "nobody" })).toEqual({ email: "invalid" });
});

it("makes a new account with a random password unless one is set", () => {
  expect(whole({ ...draftOf(undefined), name: "B", username: "b", email: "b@x" })).toEqual({
    name: "B",
    username: "b",
    email: "b@x",
    verified: false,
    requirePasswordChange: true,
    roles: ["user"],
    joinDefaultChannels: true,
    setRandomPassword: true,
  });
});
