export { Rail } from "./Rail";
export { Sidebar } from "./Sidebar";
export { Overlays } from "./Overlays";
export { Shortcuts } from "./Help";
