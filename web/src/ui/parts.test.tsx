// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { i18nReady } from "@/i18n";
import { Avatar, initials } from "./Avatar";
import { shortCount } from "./Badge";
import { Button } from "./Button";
import { ConfirmDialog } from "./ConfirmDialog";
import { ContextMenu } from "./ContextMenu";
import { Menu } from "./Menu";
import { loadAhead } from "./part";
import { SearchField } from "./SearchField";
import { Tabs } from "./Tabs";
import { TextField } from "./TextField";
import { toast, toasts } from "./toast";
import { Toaster } from "./Toaster";
import { Toolbar, ToolbarButton } from "./Toolbar";

beforeAll(async () => void (await Promise.all([i18nReady, loadAhead()])));

afterEach(() => {
  cleanup();
  toasts.setState([], true);
  vi.useRealTimers();
});

describe("a button that is busy", () => {
  it("keeps its name and does nothing", () => {
    const press = vi.fn<() => void>();
    render(
      <Button loading onClick={press}>
        Save
      </Button>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(press).not.toHaveBeenCalled();
  });
});

describe("a field", () => {
  it("says its hint and its error with it", () => {
    render(<TextField label="Name" hint="Small letters" error="Taken" />);
    const field = screen.getByRole("textbox", { name: "Name", description: "Small letters Taken" });
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  it("of a search is emptied by Esc before the key goes on", () => {
    const change = vi.fn<(value: string) => void>();
    const around = vi.fn<() => void>();
    document.body.addEventListener("keydown", around, { once: true });
    render(<SearchField label="Search" value="x" onValueChange={change} />);
    fireEvent.keyDown(screen.getByRole("searchbox"), { key: "Escape" });
    expect(change).toHaveBeenCalledWith("");
    expect(around).not.toHaveBeenCalled();
  });
});

describe("a toolbar", () => {
  it("is one stop of Tab, and goes round by arrows past what is disabled", () => {
    render(
      <Toolbar label="Format">
        <ToolbarButton icon="bold" label="Bold" />
        <ToolbarButton icon="italic" label="Italic" disabled />
        <ToolbarButton icon="code" label="Code" />
      </Toolbar>,
    );
    const [bold, , code] = screen.getAllByRole("button");
    expect([bold?.tabIndex, code?.tabIndex]).toEqual([0, -1]);
    bold?.focus();
    fireEvent.keyDown(bold ?? document.body, { key: "ArrowRight" });
    expect(document.activeElement).toBe(code);
    expect([bold?.tabIndex, code?.tabIndex]).toEqual([-1, 0]);
    fireEvent.keyDown(code ?? document.body, { key: "ArrowRight" });
    expect(document.activeElement).toBe(bold);
  });
});

describe("tabs", () => {
  it("choose what the arrows reach", () => {
    const choose = vi.fn<(value: string) => void>();
    const tabs = [{ value: "a", label: "A", panel: "first" }, { value: "b", label: "B" }] as const;
    render(<Tabs label="Of it" tabs={tabs} value="a" onValueChange={choose} />);
    expect(screen.getByRole("tabpanel", { name: "A" }).textContent).toBe("first");
    const first = screen.getByRole("tab", { name: "A" });
    first.focus();
    fireEvent.keyDown(first, { key: "End" });
    expect(choose).toHaveBeenCalledWith("b");
  });
});

function ask(onConfirm: () => Promise<void>) {
  const change = vi.fn<(open: boolean) => void>();
  render(<ConfirmDialog open onOpenChange={change} title="Delete #general?" confirmLabel="Delete" onConfirm={onConfirm} />);
  return change;
}

describe("a dialog that asks", () => {
  it("closes when it is done", async () => {
    const change = ask(() => Promise.resolve());
    await act(async () => fireEvent.click(screen.getByRole("button", { name: "Delete" })));
    expect(change).toHaveBeenCalledWith(false);
  });

  it("stays open and says why when it fails", async () => {
    const change = ask(() => Promise.reject(new Error("The server did not answer.")));
    await act(async () => fireEvent.click(screen.getByRole("button", { name: "Delete" })));
    expect(screen.getByRole("alert").textContent).toBe("The server did not answer.");
    expect(change).not.toHaveBeenCalled();
  });
});

const items = [{ label: "First" }, { label: "Second" }];

describe("a menu", () => {
  it("opens and closes at its button, which is a plain one until then", async () => {
    render(<Menu trigger={<Button>More</Button>} items={items} />);
    const button = screen.getByRole("button", { name: "More" });
    expect([button.getAttribute("aria-haspopup"), button.getAttribute("aria-expanded")]).toEqual(["menu", "false"]);
    fireEvent.click(button, { detail: 1 });
    await screen.findByRole("menu");
    expect(button.getAttribute("aria-expanded")).toBe("true");
    fireEvent.click(button, { detail: 1 });
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    expect(document.activeElement).toBe(button);
  });

  it("gives its first entry the focus where a key opened it", async () => {
    render(<Menu trigger={<Button>More</Button>} items={[{ label: "Never", disabled: true }, ...items]} />);
    fireEvent.keyDown(screen.getByRole("button"), { key: "ArrowDown" });
    await waitFor(() => expect(document.activeElement?.textContent).toBe("First"));
  });

  it("of a long press stays when the finger is lifted, and nothing is pressed by that", async () => {
    const press = vi.fn<() => void>();
    render(
      <ContextMenu items={items}>
        <div>
          <button type="button" onClick={press}>
            Room
          </button>
        </div>
      </ContextMenu>,
    );
    const room = screen.getByRole("button", { name: "Room" });
    const touches = [{ clientX: 5, clientY: 5 }];
    fireEvent.touchStart(room, { touches });
    fireEvent.touchMove(room, { touches: [{ clientX: 50, clientY: 5 }] });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(screen.queryByRole("menu")).toBeNull();
    fireEvent.touchStart(room, { touches });
    await screen.findByRole("menu");
    fireEvent.touchEnd(room);
    fireEvent.click(room);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(screen.queryByRole("menu")).not.toBeNull();
    expect(press).not.toHaveBeenCalled();
  });
});

describe("a toast", () => {
  it("comes from anywhere, undoes, and goes", () => {
    const undo = vi.fn<() => void>();
    render(<Toaster />);
    act(() => void toast({ title: "Moved", action: { label: "Undo", onAction: undo } }));
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText("Moved")).toBeNull();
  });

  it("goes by itself, but not while it is pointed at", () => {
    vi.useFakeTimers();
    render(<Toaster />);
    act(() => void toast({ title: "Copied" }));
    fireEvent.pointerEnter(screen.getByRole("region"));
    act(() => void vi.advanceTimersByTime(60_000));
    expect(screen.queryByText("Copied")).not.toBeNull();
    fireEvent.pointerLeave(screen.getByRole("region"));
    act(() => void vi.advanceTimersByTime(5_000));
    expect(screen.queryByText("Copied")).toBeNull();
  });

  it("leaves the three newest", () => {
    for (const title of ["1", "2", "3", "4"]) toast({ title });
    toast({ title: "4 again", id: toasts.getState().at(-1)?.id });
    expect(toasts.getState().map(({ title }) => title)).toEqual(["2", "3", "4 again"]);
  });
});

describe("an avatar", () => {
  it("shows initials until the picture is there, which is asked for once, and when it does not come", () => {
    const asked: HTMLImageElement[] = [];
    vi.spyOn(HTMLImageElement.prototype, "src", "set").mockImplementation(function (this: HTMLImageElement, source: string) {
      this.alt = source;
      asked.push(this);
    });
    const ada = <Avatar name="Ada Lovelace" username="ada/x" etag="1" />;
    const { container, rerender } = render(<>{ada}{ada}<Avatar name="Bob" src={'blob:"b\\'} /></>);
    expect(asked.map(({ alt }) => alt)).toEqual(["/avatar/ada%2Fx?etag=1", "blob:%22b%5C"]);
    expect(container.textContent).toBe("ALALB");
    act(() => void asked[0]?.dispatchEvent(new Event("load")));
    expect(container.textContent).toBe("B");
    expect(container.querySelector("span")?.style.backgroundImage).toContain("/avatar/ada%2Fx?etag=1");
    act(() => void asked[1]?.dispatchEvent(new Event("error")));
    expect(container.textContent).toBe("B");
    rerender(<Avatar name="Ada Lovelace" username="ada/x" etag="1" />);
    expect(container.textContent).toBe("");
    expect(asked).toHaveLength(2);
    vi.restoreAllMocks();
  });

  it.each([["grace.hopper", "GH"], ["李小龙", "李"], ["  ", " "], ["ada", "A"], ["Ö. von Ş", "ÖŞ"]])("shortens %s", (name, short) => {
    expect(initials(name)).toBe(short);
  });
});

it("counts exactly to 999", () => {
  expect([0, 999, 1000, 1999, 12_345].map(shortCount)).toEqual(["0", "999", "1k", "1k", "12k"]);
});
