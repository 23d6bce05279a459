// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { CallError } from "@/lib/ddp/errors";
import type { SettingValue } from "@/lib/protocol/documents";
import { type Account, emptyAccount, wrongIn } from "./account";
import { factorOf, failureOf } from "./failures";
import { isEmail, isPassword, passwordRules, plainText, suggestedUsername } from "./rules";
import { changesOf, furthest, gathering, isOwnMachine, needsToken, stepOf, wrongInStep } from "./setup/steps";

const policy = new Map<string, SettingValue>([
  ["UTF8_User_Names_Validation", "[0-9a-zA-Z-_.]+"],
  ["Accounts_Password_Policy_Enabled", true],
  ["Accounts_Password_Policy_MinLength", 14],
  ["Accounts_Password_Policy_MaxLength", -1],
  ["Accounts_Password_Policy_ForbidRepeatingCharacters", true],
  ["Accounts_Password_Policy_ForbidRepeatingCharactersCount", 3],
  ["Accounts_Password_Policy_AtLeastOneLowercase", true],
  ["Accounts_Password_Policy_AtLeastOneUppercase", true],
  ["Accounts_Password_Policy_AtLeastOneNumber", true],
  ["Accounts_Password_Policy_AtLeastOneSpecialCharacter", true],
]);

const ann: Account = { name: "Ann", username: "ann", email: "ann@example.org", password: "Horse-staple-9-ann", chosen: false };

describe("passwords", () => {
  it("are asked for what the policy asks for", () => {
    expect(passwordRules(policy).map((rule) => rule.key)).toEqual(["minLength", "lowercase", "uppercase", "number", "special", "repeating"]);
    expect(isPassword(policy, "Horse-staple-9-ann")).toBe(true);
    const weak = ["Horse-9", "horse-staple-9-ann", "Horse-staple-x-ann", "Horsestaple9annann", "Horse-staple-9-aaaa", ""];
    expect(weak.filter((password) => isPassword(policy, password))).toEqual([]);
    expect(isPassword(policy, "Horse-staple-9-aaa")).toBe(true);
  });

  it("are asked for nothing without a policy, but are there", () => {
    expect(passwordRules(new Map())).toEqual([]);
    expect(isPassword(new Map(), "x")).toBe(true);
    expect(isPassword(new Map(), " ")).toBe(false);
  });
});

describe("accounts", () => {
  it("are wrong by field", () => {
    expect(wrongIn(ann, policy)).toEqual({});
    expect(wrongIn({ ...ann, username: "ann of ours", email: "ann" }, policy)).toEqual({ username: "username", email: "email" });
    expect(wrongIn(emptyAccount, policy)).toEqual({ name: "nameMissing", username: "usernameMissing", email: "email", password: "passwordMissing" });
  });

  it("get a user name from the person's", () => {
    expect(suggestedUsername("Émile Zölner de la Tour")).toBe("emile.zolner");
    expect(suggestedUsername("  Ann ")).toBe("ann");
    expect(suggestedUsername("山田")).toBe("");
  });

  it("have addresses that may be addresses", () => {
    const good = ["a@b", "a@b.c", "ann+chat@example.org"];
    const bad = ["", "a", "a@", "@b", "a b@c.d", "a@b@c"];
    expect([...good, ...bad].filter(isEmail)).toEqual(good);
  });
});

describe("failures", () => {
  it("are known by id and by text, and point at their field", () => {
    expect(failureOf(new CallError("403", "User not found")).field).toBe("password");
    expect(failureOf(new CallError("Username is already in use", "Username is already in use"))).toEqual({ key: "usernameTaken", field: "username" });
    expect(failureOf(new CallError("403", "Email already exists."))).toEqual({ key: "emailTaken", field: "email" });
    expect(failureOf(new CallError("error-user-is-not-activated", "")).key).toBe("notActivated");
    expect(failureOf(new CallError("lost", "")).key).toBe("offline");
    expect(failureOf(new CallError("too-many-requests", "", { timeToReset: 4_200 }))).toEqual({ key: "tooMany", count: 5 });
    expect(failureOf(new CallError("error-odd", "The moon is full"))).toEqual({ key: "other", text: "The moon is full" });
  });

  it("may ask for a second factor", () => {
    expect(factorOf(new CallError("totp-required", "", { method: "email" }))).toBe("email");
    expect(factorOf(new CallError("totp-required", ""))).toBe("totp");
    expect(factorOf(new CallError("403", ""))).toBeUndefined();
  });
});

describe("the first run", () => {
  const gathered = { ...gathering("en"), account: ann };

  it("goes on to the workspace when the account is whole, and not before", () => {
    expect(stepOf("/setup-wizard")).toBe("account");
    expect(stepOf("/setup-wizard/workspace")).toBe("workspace");
    expect(furthest(gathering("en"), policy, false)).toBe("account");
    expect(furthest(gathered, policy, false)).toBe("workspace");
    expect(furthest(gathered, policy, true)).toBe("account");
    expect(wrongInStep("account", gathered, policy, true)).toEqual({ token: "tokenMissing" });
    expect(wrongInStep("workspace", gathered, policy, false)).toEqual({ site: "siteMissing" });
  });

  it("needs no token at the server's own machine", () => {
    const own = ["localhost", "127.0.0.1", "[::1]", "chat.localhost"];
    const others = ["10.0.0.1", "chat.example.org", "127.example.org"];
    expect([...own, ...others].filter(isOwnMachine)).toEqual(own);
    expect(needsToken("localhost", "http://localhost:3000")).toBe(false);
    expect(needsToken("localhost", "")).toBe(false);
    expect(needsToken("localhost", "https://chat.example.org")).toBe(true);
    expect(needsToken("10.0.0.1", "http://localhost:3000")).toBe(true);
  });

  it("ends by saying that it is done", () => {
    const changes = changesOf({ ...gathered, site: " Harbour ", registration: "Disabled" });
    expect(Object.fromEntries(changes.map(({ _id, value }) => [_id, value]))).toEqual({
      Site_Name: "Harbour",
      Language: "en",
      Accounts_RegistrationForm: "Disabled",
      Show_Setup_Wizard: "completed",
    });
  });
});

it("texts of the administrator lose their markup", () => {
  expect(plainText('<p>By logging in you agree</p><p>to <a href="javascript:alert(1)">everything</a><script>alert(2)</script></p>')).not.toContain("<");
  expect(plainText("one<br>two")).toBe("one\ntwo");
});
