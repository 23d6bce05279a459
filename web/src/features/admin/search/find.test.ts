import { expect, it } from "vitest";
import { find } from "./find";

const all = [
  { item: 1, title: "Name of the workspace", also: "Site_Name General" },
  { item: 2, title: "Username", also: "SMTP_Username Email" },
  { item: 3, title: "Name", also: "Organization_Name" },
  { item: 4, title: "Größe", also: "" },
];

it("ranks titles over the rest", () => {
  expect(find(all, "name", 10)).toEqual([3, 1, 2]);
  expect(find(all, "smtp user", 10)).toEqual([2]);
  expect(find(all, "site_name", 10)).toEqual([1]);
});

it("folds accents, and finds nothing for nothing", () => {
  expect(find(all, "grosse", 10)).toEqual([]);
  expect(find(all, "große", 10)).toEqual([4]);
  expect(find(all, "  ", 10)).toEqual([]);
  expect(find(all, "name", 1)).toEqual([3]);
});
