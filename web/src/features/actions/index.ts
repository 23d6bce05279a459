export { MessageActions } from "./MessageActions";
export { MessageDialogs } from "./MessageDialogs";
export { ReactionBar } from "./ReactionBar";
export { handleMessageKey, type MessageAction, useMessageActions } from "./useMessageActions";
