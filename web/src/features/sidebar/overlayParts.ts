// One piece of the build: all that opens over the page.

export { Switcher } from "./switcher/Switcher";
export { Help } from "./Help";
export { CreateRoom } from "./create/CreateRoom";
export { CreateDirect } from "./create/CreateDirect";
