// What a new password must be like, as the server tells it, and whether one is. The server decides again.

/** A rule's name, and what it is measured by. */
export type ToldRule = readonly [string, Record<string, number>?];

export interface Rule {
  name: string;
  /** For its words. */
  count: number | undefined;
  kept: (password: string) => boolean;
}

/** How often the most repeated character follows itself, itself included. */
export function longestRun(text: string): number {
  let [longest, run, last] = [0, 0, ""];
  for (const sign of text) {
    run = sign === last ? run + 1 : 1;
    last = sign;
    longest = Math.max(longest, run);
  }
  return longest;
}

const length = (text: string) => [...text].length;

const checks: Record<string, (password: string, count: number) => boolean> = {
  minLength: (password, count) => length(password) >= count,
  maxLength: (password, count) => length(password) <= count,
  forbidRepeatingCharactersCount: (password, count) => longestRun(password) <= count,
  mustContainAtLeastOneLowercase: (password) => /[a-z]/.test(password),
  mustContainAtLeastOneUppercase: (password) => /[A-Z]/.test(password),
  mustContainAtLeastOneNumber: (password) => /[0-9]/.test(password),
  mustContainAtLeastOneSpecialCharacter: (password) => /[^A-Za-z0-9 ]/.test(password),
};

/** The rules that there is something to say about. */
export function rulesOf(told: readonly ToldRule[]): Rule[] {
  return told.flatMap(([word, measure]) => {
    const name = word.replace("get-password-policy-", "");
    const check = checks[name];
    const count = measure?.[name];
    return check ? [{ name, count, kept: (password: string) => check(password, count ?? 0) }] : [];
  });
}
