export { Room as default } from "./Room";
