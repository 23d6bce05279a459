// One piece of the build, loaded ahead of its first use: all that opens over a page, and what the toolkit needs for it.

export { ConfirmFloat } from "./ConfirmFloat";
export { DialogFloat } from "./DialogFloat";
export { MenuFloat } from "./MenuFloat";
export { PopoverFloat } from "./PopoverFloat";
