export { Blocks, Body } from "./Body";
export { Row, type RowProps, useName } from "./Row";
export { isSystem, systemText } from "./system";
export { safeHref } from "./links";
