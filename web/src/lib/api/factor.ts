// The second factor. Whichever call the server wants it for, it is asked for here, once, and the call is made again with it:
// no page knows of it. What draws the question is `FactorDialog`.

import { createStore } from "zustand/vanilla";
import { asCallError, CallError } from "../ddp/errors";
import { digestOf } from "../digest";

/** What a call shows besides the session. */
export interface Factor {
  code: string;
  method: "password";
}

/** The question as it stands. */
export interface FactorPrompt {
  /** The last answer was no good. */
  wrong: boolean;
  /** The server is looking at an answer. */
  busy: boolean;
  /** The password; nothing when the person would rather not. */
  answer: (password: string | undefined) => void;
}

export const factorPrompt = createStore<{ prompt: FactorPrompt | undefined }>(() => ({ prompt: undefined }));

const show = (prompt: FactorPrompt | undefined) => factorPrompt.setState({ prompt });

/** Whether a call failed for want of the password, which can be asked for here. */
export function wantsPassword(error: CallError | undefined): error is CallError {
  return error?.id === "totp-required" && error.details?.method === "password";
}

function ask(wrong: boolean): Promise<string | undefined> {
  return new Promise((resolve) => show({ wrong, busy: false, answer: resolve }));
}

async function askUntilRight<T>(refused: CallError, again: (factor: Factor) => Promise<T>): Promise<T> {
  try {
    for (let wrong = false; ; wrong = true) {
      const password = await ask(wrong);
      if (password === undefined) throw refused;
      show({ wrong: false, busy: true, answer: () => {} });
      try {
        return await again({ code: digestOf(password), method: "password" });
      } catch (thrown) {
        if (asCallError(thrown).id !== "totp-invalid") throw thrown;
      }
    }
  } finally {
    show(undefined);
  }
}

/** Done when the question that was asked last is answered. */
let last: Promise<void> | undefined;

/**
 * Makes a call again that was refused for want of a second factor: one question at a time. Fails with that refusal when the
 * person would rather not.
 */
export function withFactor<T>(refused: CallError, again: (factor?: Factor) => Promise<T>): Promise<T> {
  const mine = last ? last.then(() => retry(again)) : askUntilRight(refused, again);
  const done = mine
    .then(
      () => {},
      () => {},
    )
    .then(() => {
      if (last === done) last = undefined;
    });
  last = done;
  return mine;
}

/** Another call was asked for it meanwhile: most servers remember that. */
async function retry<T>(again: (factor?: Factor) => Promise<T>): Promise<T> {
  try {
    return await again();
  } catch (thrown) {
    const refused = asCallError(thrown);
    if (!wantsPassword(refused)) throw thrown;
    return askUntilRight(refused, again);
  }
}
