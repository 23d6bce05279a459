import { useEffect } from "react";
import type { Panel } from "@/app/view";
import { InfoPane } from "./InfoPane";
import { MembersPane } from "./MembersPane";
import { NotificationsPane } from "./NotificationsPane";
import { ProfilePane } from "./ProfilePane";

interface PaneProps {
  rid: string;
  panel: Panel;
  /** Told once it stands. */
  onShown: () => void;
}

/** What is in the panel beside a room. */
export function Pane({ rid, panel, onShown }: PaneProps) {
  useEffect(onShown, [onShown]);
  if (panel.kind === "members") return <MembersPane rid={rid} />;
  if (panel.kind === "notifications") return <NotificationsPane rid={rid} />;
  if (panel.kind === "profile") return <ProfilePane rid={rid} username={panel.username} />;
  return <InfoPane rid={rid} />;
}
