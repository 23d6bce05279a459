export { Invited as default } from "./Invited";
