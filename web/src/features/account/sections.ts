import type { IconName } from "@/ui";

/** The pages of an account, in their order. */
export const sections = [
  { id: "profile", icon: "user" },
  { id: "preferences", icon: "sliders" },
  { id: "appearance", icon: "contrast" },
  { id: "notifications", icon: "bell" },
  { id: "security", icon: "key" },
  { id: "shortcuts", icon: "keyboard" },
] as const satisfies readonly { id: string; icon: IconName }[];

export type Section = (typeof sections)[number]["id"];

export function sectionOf(path: string): Section | undefined {
  const name = path.split("/")[2];
  return sections.find(({ id }) => id === name)?.id;
}
