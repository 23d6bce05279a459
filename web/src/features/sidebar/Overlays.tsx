import { useEffect } from "react";
import { useView } from "@/app/view";
import { loadAhead, opening } from "@/ui";
import { useGlobalKeys } from "./useGlobalKeys";

const parts = () => import("./overlayParts");
const Switcher = opening(async () => (await parts()).Switcher);
const Help = opening(async () => (await parts()).Help);
const CreateRoom = opening(async () => (await parts()).CreateRoom);
const CreateDirect = opening(async () => (await parts()).CreateDirect);

/** By then the first page is shown, in ms. */
const RESTED = 1_500;

/** What opens over the whole page. */
export function Overlays() {
  const { switcher, help, create } = useView((state) => state);
  useGlobalKeys();
  useEffect(() => {
    const timer = setTimeout(() => void loadAhead(), RESTED);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Switcher open={switcher} />
      <Help open={help} />
      <CreateRoom open={create === "channel" || create === "group"} />
      <CreateDirect open={create === "direct"} />
    </>
  );
}
