export { Blocks, Body } from "./Body";
export { useName } from "./names";
export { Row, type RowProps } from "./Row";
export { isSystem, systemText } from "./system";
export { safeHref } from "./links";
