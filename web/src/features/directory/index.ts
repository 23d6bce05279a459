export { Directory as default } from "./Directory";
