export { Admin as default } from "./Admin";
