export { SidePanel } from "./SidePanel";
export { openProfile } from "./profile";
