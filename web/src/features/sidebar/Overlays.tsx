import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { useView } from "@/app/view";
import { useGlobalKeys } from "./useGlobalKeys";

const load = () => import("./overlayParts");
const Switcher = lazy(async () => ({ default: (await load()).Switcher }));
const Help = lazy(async () => ({ default: (await load()).Help }));
const CreateRoom = lazy(async () => ({ default: (await load()).CreateRoom }));
const CreateDirect = lazy(async () => ({ default: (await load()).CreateDirect }));

/** What opens over the whole page. It is loaded when the page has come to rest, so that it opens in a frame. */
export function Overlays() {
  const { switcher, help, create } = useView((state) => state);
  useGlobalKeys();
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => {}), 500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Suspense fallback={null}>
      <Once open={switcher} of={Switcher} />
      <Once open={help} of={Help} />
      <Once open={create === "channel" || create === "group"} of={CreateRoom} />
      <Once open={create === "direct"} of={CreateDirect} />
    </Suspense>
  );
}

/** Nothing until it is opened for the first time; then it stays, to close by itself. */
function Once({ open, of: Part }: { open: boolean; of: ComponentType<{ open: boolean }> }) {
  const [was, note] = useState(open);
  if (open && !was) note(true);
  return was || open ? <Part open={open} /> : null;
}
