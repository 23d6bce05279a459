// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { view } from "@/app/view";
import { i18nReady } from "@/i18n";
import { connection } from "@/lib/client/link";
import { CallError } from "@/lib/ddp/errors";
import type { Permission, Room, Subscription } from "@/lib/protocol/documents";
import { initial, now, store } from "@/lib/store/state";
import { loadAhead, UiProvider } from "@/ui";
import { toasts } from "@/ui/toast";
import { SidePanel } from "./SidePanel";

const calls = { called: [] as unknown[][], refuse: undefined as Error | undefined, members: [] as { _id: string; username: string }[] };

async function answer(method: string, params: unknown[]): Promise<unknown> {
  if (method === "getUsersOfRoom") return { total: calls.members.length, records: calls.members };
  if (method === "getRoomRoles") return [{ _id: "S", rid: "R", u: { _id: "ann" }, roles: ["owner"] }];
  calls.called.push([method, ...params]);
  if (calls.refuse) throw calls.refuse;
  return true;
}

const room: Room = { _id: "R", t: "p", name: "plans", usersCount: 2, u: { _id: "ann", username: "ann" } };
const subscription: Subscription = { _id: "S", rid: "R", t: "p", u: { _id: "ann" }, name: "plans", open: true, alert: false, unread: 0, roles: ["owner"] };
const permission = (_id: string, ...roles: string[]): [string, Permission] => [_id, { _id, roles }];

beforeEach(async () => {
  await Promise.all([i18nReady, loadAhead()]);
  Object.assign(calls, { called: [], refuse: undefined, members: [{ _id: "ann", username: "ann" }, { _id: "bob", username: "bob" }] });
  vi.spyOn(connection, "call").mockImplementation(answer);
  vi.spyOn(connection, "listen").mockReturnValue(() => {});
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  store.setState({
    ...initial,
    link: { at: "open" },
    session: { uid: "ann", token: "t" },
    me: { _id: "ann", username: "ann", roles: ["user"] },
    rooms: new Map([["R", room]]),
    subscriptions: new Map([["R", subscription]]),
    permissions: new Map([permission("remove-user", "owner"), permission("add-user-to-joined-room", "owner"), permission("leave-p", "user"), permission("edit-room", "owner")]),
  });
  view.setState({ rid: "R", panels: { R: { kind: "members" } } });
});
afterEach(() => {
  cleanup();
  toasts.setState([], true);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  store.setState(initial);
});

const show = () =>
  render(
    <UiProvider>
      <SidePanel rid="R" />
    </UiProvider>,
  );

async function askToRemoveBob() {
  show();
  fireEvent.click(await screen.findByRole("button", { name: "More about bob" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Remove from the room" }));
  return within(await screen.findByRole("alertdialog"));
}

describe("removing somebody", () => {
  it("is asked for once, with the room and what follows", async () => {
    const dialog = await askToRemoveBob();
    expect(dialog.getByText("Remove bob from #plans?")).toBeTruthy();
    expect(dialog.getByText(/can read nothing in #plans any more/)).toBeTruthy();
    expect(calls.called).toEqual([]);
  });

  it("takes the person from the list at once, and offers the way back", async () => {
    const dialog = await askToRemoveBob();
    fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByText("@bob")).toBeNull());
    expect(calls.called).toEqual([["removeUserFromRoom", { rid: "R", username: "bob" }]]);
    const [notice] = toasts.getState();
    expect(notice?.title).toBe("Removed bob from #plans");
    notice?.action?.onAction();
    expect(calls.called.at(-1)).toEqual(["addUsersToRoom", { rid: "R", users: ["bob"] }]);
  });

  it("offers no way back to who may not bring people in", async () => {
    now((draft) => void draft.map("permissions").delete("add-user-to-joined-room"));
    const dialog = await askToRemoveBob();
    fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(toasts.getState()).toHaveLength(1));
    expect(toasts.getState()[0]?.action).toBeUndefined();
  });

  it("says in the dialog why it failed, and keeps the list", async () => {
    calls.refuse = new CallError("error-you-are-last-owner", "You are the last owner.");
    const dialog = await askToRemoveBob();
    fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
    expect(await dialog.findByText(/A room needs an owner/)).toBeTruthy();
    expect(screen.getByText("@bob")).toBeTruthy();
    expect(toasts.getState()).toEqual([]);
  });
});

describe("the list of members", () => {
  it("shows who rules, and offers a plain member nothing to rule with", async () => {
    now((draft) => void draft.map("subscriptions").set("R", { ...subscription, roles: [] }));
    show();
    expect(await screen.findByText("Owner")).toBeTruthy();
    fireEvent.click(await screen.findByRole("button", { name: "More about bob" }));
    await screen.findByRole("menuitem", { name: "Profile" });
    expect(screen.queryByRole("menuitem", { name: "Remove from the room" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Add people" })).toBeNull();
  });

  it("is asked for anew when somebody came", async () => {
    show();
    await screen.findByText("@bob");
    calls.members = [...calls.members, { _id: "cat", username: "cat" }];
    now((draft) => void draft.map("rooms").set("R", { ...room, usersCount: 3 }));
    expect(await screen.findByText("@cat")).toBeTruthy();
  });
});

describe("the panel", () => {
  it("closes by Esc", async () => {
    show();
    fireEvent.keyDown(await screen.findByRole("searchbox"), { key: "Escape" });
    expect(view.getState().panels.R).toBeUndefined();
  });

  it("leaves Esc to a field that has something to empty", async () => {
    show();
    const field = await screen.findByRole("searchbox");
    fireEvent.change(field, { target: { value: "bo" } });
    fireEvent.keyDown(field, { key: "Escape" });
    expect(view.getState().panels.R).toBeDefined();
  });

  it("shows a changed topic at once, and takes it back when it is refused", async () => {
    view.setState({ panels: { R: { kind: "info" } } });
    calls.refuse = new CallError("error-action-not-allowed", "Not allowed");
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Edit: Topic" }));
    const field = screen.getByLabelText("Topic");
    fireEvent.change(field, { target: { value: "spring" } });
    fireEvent.submit(field);
    expect(store.getState().rooms.get("R")?.topic).toBe("spring");
    expect(await screen.findByText("You may not do this.")).toBeTruthy();
    expect(store.getState().rooms.get("R")?.topic).toBeUndefined();
  });
});
