export { announce, MOST_SAID } from "./announce";
export { playSound, soundNames } from "./sounds";
export { startNotify } from "./start";
