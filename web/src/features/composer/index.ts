export { Composer } from "./Composer";
export { editMessage, focusComposer, giveBack, insertText, quoteMessage } from "./desk";
