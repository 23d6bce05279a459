import { describe, expect, it } from "vitest";
import { longestRun, rulesOf } from "./policy";
import { sectionOf } from "./sections";
import { wordsIn } from "./words";

describe("the rules of passwords", () => {
  const rules = rulesOf([
    ["get-password-policy-minLength", { minLength: 8 }],
    ["get-password-policy-forbidRepeatingCharacters"],
    ["get-password-policy-forbidRepeatingCharactersCount", { forbidRepeatingCharactersCount: 2 }],
    ["get-password-policy-mustContainAtLeastOneUppercase"],
    ["get-password-policy-mustContainAtLeastOneSpecialCharacter"],
    ["get-password-policy-somethingNew"],
  ]);
  const broken = (password: string) => rules.filter((rule) => !rule.kept(password)).map((rule) => rule.name);

  it("are those that there is something to say about", () => {
    expect(rules.map(({ name, count }) => [name, count])).toEqual([
      ["minLength", 8],
      ["forbidRepeatingCharactersCount", 2],
      ["mustContainAtLeastOneUppercase", undefined],
      ["mustContainAtLeastOneSpecialCharacter", undefined],
    ]);
  });

  it("are kept or broken", () => {
    expect(broken("Abc-1234")).toEqual([]);
    expect(broken("aaa b")).toEqual(["minLength", "forbidRepeatingCharactersCount", "mustContainAtLeastOneUppercase", "mustContainAtLeastOneSpecialCharacter"]);
    expect(broken("ÄÖÜ-äöüß")).toEqual(["mustContainAtLeastOneUppercase"]);
  });

  it("count runs of the same sign", () => {
    expect(longestRun("")).toBe(0);
    expect(longestRun("abbbc")).toBe(3);
    expect(longestRun("abab")).toBe(1);
  });
});

describe("words to be told of", () => {
  it("are listed by commas or lines, each once", () => {
    expect(wordsIn(" deploy, release\nrelease,, on call ")).toEqual(["deploy", "release", "on call"]);
    expect(wordsIn("")).toEqual([]);
  });
});

describe("an address of the account", () => {
  it("names a page, or none", () => {
    expect(sectionOf("/account/security")).toBe("security");
    expect(sectionOf("/account")).toBeUndefined();
    expect(sectionOf("/account/else")).toBeUndefined();
  });
});
