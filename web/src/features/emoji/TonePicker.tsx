import { useTranslation } from "@/i18n";
import { toned, tones } from "./tones";
import styles from "./EmojiBoard.module.css";

const HAND = "✋";

/** The colour of hands and people, kept for the next time. */
export function TonePicker({ tone, onTone }: { tone: number; onTone: (tone: number) => void }) {
  const { t } = useTranslation();
  return (
    <div role="radiogroup" aria-label={t("emoji.tone.label")} className={styles.tones}>
      {[0, ...tones].map((one) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === tone}
          aria-label={t(`emoji.tone.${one}`)}
          title={t(`emoji.tone.${one}`)}
          className={styles.tone}
          onClick={() => onTone(one)}
        >
          {one === 0 ? HAND : toned(HAND, [one])}
        </button>
      ))}
    </div>
  );
}
