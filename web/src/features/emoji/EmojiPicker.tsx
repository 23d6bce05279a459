import { type ReactElement, useState } from "react";
import { useTranslation } from "@/i18n";
import { Popover, type PopoverProps } from "@/ui";
import { EmojiBoard, type EmojiBoardProps } from "./EmojiBoard";

export interface EmojiPickerProps extends EmojiBoardProps, Pick<PopoverProps, "side" | "align" | "open" | "onOpenChange"> {
  /** A button. */
  trigger: ReactElement<Record<string, unknown>>;
}

/** A button that opens the emoji, and closes them when one was picked. */
export function EmojiPicker({ trigger, onPick, open, onOpenChange, ...place }: EmojiPickerProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState(false);
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const pick = (code: string, char: string) => {
    change(false);
    onPick(code, char);
  };
  return (
    <Popover trigger={trigger} label={t("emoji.pick")} flush open={open ?? own} onOpenChange={change} {...place}>
      <EmojiBoard onPick={pick} />
    </Popover>
  );
}
