// @vitest-environment jsdom
import { beforeAll, expect, it } from "vitest";
import { i18n, i18nReady } from "@/i18n";
import { CallError } from "@/lib/ddp/errors";
import { explain } from "./explain";

beforeAll(() => i18nReady);

it("keeps the server's sentence where it says more, without its code", () => {
  const error = new CallError("error-action-not-allowed", "X cannot be changed: this server does not offer it [error-action-not-allowed]");
  expect(explain(error)).toBe("X cannot be changed: this server does not offer it");
});

it("says known things as they are said everywhere, and unknown ones as the server does", () => {
  expect(explain(new CallError("offline", ""))).toBe(i18n.t("errors.offline"));
  expect(explain(new CallError("error-role-in-use", "Cannot delete role because it's in use [x]"))).toBe("Cannot delete role because it's in use");
});
