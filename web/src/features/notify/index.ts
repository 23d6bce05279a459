export { announce } from "./announce";
export { playSound, soundNames } from "./sounds";
export { startNotify } from "./start";
