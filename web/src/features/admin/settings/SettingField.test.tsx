// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { i18nReady } from "@/i18n";
import { CallError } from "@/lib/ddp/errors";
import type { Definition } from "./definition";
import { SettingField } from "./SettingField";
import { useSettings } from "./store";

type Asked = (...args: unknown[]) => Promise<unknown>;

const link = vi.hoisted(() => ({ call: vi.fn<Asked>(), ask: vi.fn<Asked>(), listen: () => () => {} }));
vi.mock("@/lib/client/link", () => ({ ...link, connection: { call: link.call } }));

const settings: Definition[] = [
  { _id: "Threads_enabled", type: "boolean", value: true, packageValue: true, group: "Threads" },
  { _id: "Limit", type: "int", value: 5, packageValue: 5, minValue: 1, group: "Threads", enableQuery: '{"_id":"Threads_enabled","value":true}' },
  { _id: "Fixed", type: "string", value: "x", packageValue: "", group: "Threads", blocked: true, valueSource: "processEnvValue" },
  { _id: "Token", type: "password", value: "********", packageValue: "", secret: true, group: "Threads" },
];

function Fields() {
  const { all } = useSettings();
  return all && settings.map(({ _id }) => <SettingField key={_id} id={_id} editable />);
}

async function shown() {
  render(<Fields />);
  return screen.findByLabelText("Limit");
}

beforeAll(() => i18nReady);
beforeEach(() => {
  link.call.mockReset().mockResolvedValue(true);
  link.ask.mockResolvedValue(settings);
});
afterEach(cleanup);

it("saves a switch at once, says so, and locks what depends on it", async () => {
  const limit = await shown();
  expect(limit).toHaveProperty("disabled", false);
  fireEvent.click(screen.getByRole("switch"));
  expect(link.call).toHaveBeenCalledWith("saveSetting", "Threads_enabled", false, undefined);
  await screen.findByText("Saved");
  await waitFor(() => expect(limit).toHaveProperty("disabled", true));
  expect(screen.getByText(/Needs/).textContent).toContain("Enabled on");
});

it("saves text when it is told to, and shows errors at the field", async () => {
  const limit = await shown();
  fireEvent.change(limit, { target: { value: "0" } });
  fireEvent.keyDown(limit, { key: "Enter" });
  expect(await screen.findByText("It must be at least 1.")).toBeTruthy();
  expect(link.call).not.toHaveBeenCalled();
  link.call.mockRejectedValue(new CallError("x", "No [x]", { expected: "a whole number, at least 7" }));
  fireEvent.change(limit, { target: { value: "6" } });
  fireEvent.click(screen.getByText("Save"));
  expect(await screen.findByText("It must be a whole number, at least 7.")).toBeTruthy();
  expect(limit).toHaveProperty("value", "6");
  fireEvent.keyDown(limit, { key: "Escape" });
  expect(limit).toHaveProperty("value", "5");
});

it("says what fixes a setting, and never shows a secret", async () => {
  await shown();
  expect(screen.getByText(/OVERWRITE_SETTING_Fixed/)).toBeTruthy();
  expect(screen.getByLabelText("Token")).toHaveProperty("value", "");
});
