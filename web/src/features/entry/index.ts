export { Entry } from "./Entry";
