export { ApiDocs as default } from "./ApiDocs";
