import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { useSetting } from "@/app/store";
import { time } from "@/i18n/format";
import type { Attachment } from "@/lib/protocol/documents";
import { isQuote } from "@/lib/protocol/quotes";
import { millis } from "@/lib/store/moments";
import styles from "./Attachments.module.css";
import { Blocks, QuoteBody } from "./Body";
import { internalPath, safeHref } from "./links";

/** What is attached to a message: quotes, pictures, and what integrations send. */
export function Attachments({ attachments, depth = 0 }: { attachments: Attachment[] | undefined; depth?: number }) {
  if (!attachments || attachments.length === 0 || depth > 4) return null;
  return attachments.map((attachment, place) => <One key={place} attachment={attachment} depth={depth} />);
}

function One({ attachment, depth }: { attachment: Attachment; depth: number }) {
  const { t } = useTranslation();
  const quote = isQuote(attachment);
  const words = attachment.text || attachment.description || attachment.pretext;
  return (
    <div className={styles.one} data-quote={quote} role="group" aria-label={quote ? t("message.quoteFrom", { name: attachment.author_name ?? "" }) : undefined}>
      <Head attachment={attachment} />
      {attachment.pretext && attachment.text ? <p dir="auto">{attachment.pretext}</p> : null}
      {quote ? <QuoteBody quote={attachment} /> : <Blocks blocks={attachment.md} text={words} />}
      <Fields fields={attachment.fields} />
      <Picture attachment={attachment} />
      <Attachments attachments={attachment.attachments} depth={depth + 1} />
    </div>
  );
}

function Head({ attachment }: { attachment: Attachment }) {
  const title = attachment.title;
  return (
    <>
      {attachment.author_name || isQuote(attachment) ? (
        <p className={styles.author}>
          <bdi>{attachment.author_name}</bdi> <QuoteLink attachment={attachment} />
        </p>
      ) : null}
      {title ? <p className={styles.title}><Out href={attachment.title_link}>{title}</Out></p> : null}
    </>
  );
}

/** The way to the message that is quoted. */
function QuoteLink({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation();
  const site = String(useSetting("Site_Url") ?? "");
  const [, go] = useLocation();
  const ms = millis(attachment.ts);
  const href = safeHref(attachment.message_link ?? "");
  const path = attachment.message_link && href ? internalPath(href, site) : undefined;
  const words = ms > 0 ? time(ms) : t("message.openQuote");
  if (!path) return ms > 0 ? <span className={styles.when}>{words}</span> : null;
  return <a className={styles.when} href={path} title={t("message.openQuote")} onClick={(event) => (event.preventDefault(), go(path))}>{words}</a>;
}

function Out({ href, children }: { href: string | undefined; children: string }) {
  const safe = href ? safeHref(href) : undefined;
  return safe ? <a href={safe} target="_blank" rel="noopener noreferrer nofollow">{children}</a> : <>{children}</>;
}

function Fields({ fields }: { fields: Attachment["fields"] }) {
  if (!fields || fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map((field, place) => (
        <div key={place} data-short={field.short === true}>
          <dt>{field.title}</dt>
          <dd dir="auto">{field.value}</dd>
        </div>
      ))}
    </dl>
  );
}

const WIDEST = 360;
const HIGHEST = 280;

/** The size a picture is shown in: known before it is loaded, so nothing moves. */
export function shownSize(dimensions: Attachment["image_dimensions"]): { width: number; height: number } {
  const { width, height } = dimensions ?? { width: WIDEST, height: 200 };
  const scale = Math.min(1, WIDEST / Math.max(1, width), HIGHEST / Math.max(1, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function Picture({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation();
  const src = safeHref(attachment.image_url ?? attachment.thumb_url ?? "");
  if (!src || !(attachment.image_url || attachment.thumb_url) || !/^https?:/.test(src)) return null;
  const size = shownSize(attachment.image_dimensions);
  return (
    <a href={src} target="_blank" rel="noopener noreferrer nofollow">
      <img className={styles.picture} src={src} alt={attachment.title ?? attachment.description ?? t("message.image")} {...size} loading="lazy" decoding="async" referrerPolicy="no-referrer" />
    </a>
  );
}
