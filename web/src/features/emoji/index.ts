export { EmojiBoard, type EmojiBoardProps } from "./EmojiBoard";
export { EmojiPicker, type EmojiPickerProps } from "./EmojiPicker";
export { type FoundEmoji, loadEmoji, searchEmoji, useEmoji } from "./load";
export { noteEmoji, quickEmoji } from "./own";
