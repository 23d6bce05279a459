// Every shared part in every state, for who works on the client, for screenshots and for axe. It is no page of the
// product: its sample texts are not translated, only the parts' own are.

import { useEffect, useState } from "react";
import { RadioGroup } from "@/ui";
import { Acts } from "./Acts";
import { Colours } from "./Colours";
import { Frames } from "./Frames";
import { Inputs } from "./Inputs";
import { Lists } from "./Lists";
import { Marks } from "./Marks";
import { Notices } from "./Notices";
import { Overlays } from "./Overlays";
import styles from "./Gallery.module.css";

const themes = ["system", "light", "dark", "high-contrast"] as const;
const densities = ["comfortable", "compact"] as const;
const directions = ["ltr", "rtl"] as const;

const option = <Value extends string>(value: Value) => ({ value, label: value });

/** A state that begins as the address says (`?theme=dark`) and is written on the page's root. */
function useLook<Value extends string>(name: string, values: readonly [Value, ...Value[]], write: (root: HTMLElement, value: Value) => void) {
  const asked = new URLSearchParams(location.search).get(name);
  const [value, setValue] = useState<Value>(values.find((one) => one === asked) ?? values[0]);
  useEffect(() => write(document.documentElement, value), [value, write]);
  return { value, onValueChange: setValue, options: values.map(option), inline: true };
}

function writeTheme(root: HTMLElement, theme: string) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function writeDensity(root: HTMLElement, density: string) {
  root.dataset.density = density;
}

function writeDirection(root: HTMLElement, direction: string) {
  root.dir = direction;
}

export function Gallery() {
  const theme = useLook("theme", themes, writeTheme);
  const density = useLook("density", densities, writeDensity);
  const direction = useLook("dir", directions, writeDirection);
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>Gallery</h1>
      <div className={styles.looks}>
        <RadioGroup label="Theme" {...theme} />
        <RadioGroup label="Density" {...density} />
        <RadioGroup label="Direction" {...direction} />
      </div>
      <Acts />
      <Inputs />
      <Overlays />
      <Notices />
      <Marks />
      <Lists />
      <Frames />
      <Colours />
    </main>
  );
}
