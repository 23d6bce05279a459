// A message's text, from the syntax tree that the server made of it. Nothing is ever inserted as HTML.

import { createContext, Fragment, memo, type ReactNode, useContext, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { roomPath } from "@/app/paths";
import { useSetting, useWorkspace } from "@/app/store";
import { openPanel } from "@/app/view";
import { useEmoji } from "@/features/emoji";
import { full, time } from "@/i18n/format";
import type { Attachment, Block, Inline, Message } from "@/lib/protocol/documents";
import { splitQuotes } from "@/lib/protocol/quotes";
import { IconButton } from "@/ui";
import styles from "./Body.module.css";
import { internalPath, safeHref } from "./links";
import { Quoted } from "./Quoted";

/** What is around a piece of text. */
interface Surroundings {
  /** Knows who and what is mentioned. */
  message?: Message;
  /** Whether a link without words has said all it has to say. */
  isQuoted: (src: string) => boolean;
}

const Around = createContext<Surroundings>({ isQuoted: () => false });
const QUOTE: Surroundings = { isQuoted: () => true };

function around(message: Message): Surroundings {
  return { message, isQuoted: (src) => message.attachments?.some((one) => one.message_link === src) ?? false };
}

/** Renders `list`; nothing in it has an identity but its place. */
function each<T>(list: readonly T[] | undefined, render: (item: T) => ReactNode): ReactNode {
  return (list ?? []).map((item, place) => <Fragment key={place}>{render(item)}</Fragment>);
}

/** The text of a message. */
export const Body = memo(function Body({ message }: { message: Message }) {
  return (
    <Around value={around(message)}>
      {message.md && message.md.length > 0 ? each(message.md, (block) => <BlockView block={block} />) : <Plain text={message.msg} />}
    </Around>
  );
});

/** The text of a quote. What it quotes itself is attached to it, as far as quotes of quotes go. */
export function QuoteBody({ quote }: { quote: Attachment }) {
  return <Around value={QUOTE}><Blocks blocks={quote.md} text={quote.text} /></Around>;
}

/** Blocks that belong to no message of their own. */
export function Blocks({ blocks, text }: { blocks: Block[] | undefined; text: string | undefined }) {
  if (blocks && blocks.length > 0) return <>{each(blocks, (block) => <BlockView block={block} />)}</>;
  return text ? <Plain text={text} /> : null;
}

/** Text that nobody has parsed yet. */
function Plain({ text }: { text: string }) {
  return <p className={styles.plain} dir="auto">{splitQuotes(text).text}</p>;
}

/** A line; nothing where it held nothing but links to what is quoted. */
function Paragraph({ nodes }: { nodes: Inline[] }) {
  const { isQuoted } = useContext(Around);
  const quoted = (node: Inline) => node.type === "LINK" && isBare([node.value.label].flat()) && isQuoted(node.value.src.value);
  if (nodes.some(quoted) && nodes.every((node) => isBlank(node) || quoted(node))) return null;
  return <p dir="auto">{each(nodes, inline)}</p>;
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case "PARAGRAPH":
      return <Paragraph nodes={block.value} />;
    case "HEADING":
      return <p className={styles.heading} data-level={block.level} dir="auto">{each(block.value, inline)}</p>;
    case "CODE":
      return <Code text={block.value.map((line) => line.value.value).join("\n")} language={block.language} />;
    case "QUOTE":
      return <blockquote dir="auto">{each(block.value, (line) => <p>{each(line.value, inline)}</p>)}</blockquote>;
    case "SPOILER_BLOCK":
      return <Spoiler>{each(block.value, (line) => <p>{each(line.value, inline)}</p>)}</Spoiler>;
    case "UNORDERED_LIST":
      return <ul dir="auto">{each(block.value, (item) => <li>{each(item.value, inline)}</li>)}</ul>;
    case "ORDERED_LIST":
      return <ol dir="auto">{each(block.value, (item) => <li value={item.number}>{each(item.value, inline)}</li>)}</ol>;
    case "TASKS":
      return <ul className={styles.tasks} dir="auto">{each(block.value, (task) => <Task done={task.status}>{each(task.value, inline)}</Task>)}</ul>;
    case "BIG_EMOJI":
      return <p className={styles.big}>{each(block.value, inline)}</p>;
    case "LINE_BREAK":
      return <br />;
    case "KATEX":
      return <code className={styles.code}>{block.value}</code>;
    default:
      // A block of a newer server.
      return null;
  }
}

function Task({ done, children }: { done: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li data-done={done}>
      <span className={styles.box} role="img" aria-label={t(done ? "message.taskDone" : "message.taskOpen")} />
      {children}
    </li>
  );
}

function inline(node: Inline): ReactNode {
  switch (node.type) {
    case "PLAIN_TEXT":
      return node.value;
    case "BOLD":
      return <strong>{each(node.value, inline)}</strong>;
    case "ITALIC":
      return <em>{each(node.value, inline)}</em>;
    case "STRIKE":
      return <s>{each(node.value, inline)}</s>;
    case "SPOILER":
      return <Spoiler>{each(node.value, inline)}</Spoiler>;
    case "INLINE_CODE":
      return <code className={styles.inline} dir="ltr">{node.value.value}</code>;
    case "LINK":
    case "IMAGE":
      return <Link src={node.value.src.value} label={[node.value.label].flat()} />;
    case "MENTION_USER":
      return <UserMention username={node.value.value} />;
    case "MENTION_CHANNEL":
      return <RoomMention name={node.value.value} />;
    case "EMOJI":
      return node.unicode ?? <Emoji code={node.shortCode ?? ""} text={node.value?.value} />;
    case "COLOR":
      return <Colour {...node.value} />;
    case "INLINE_KATEX":
      return <code className={styles.inline} dir="ltr">{node.value}</code>;
    case "TIMESTAMP":
      return <Timestamp seconds={Number(node.value.timestamp)} format={node.value.format} />;
    default:
      return null;
  }
}

function Emoji({ code, text }: { code: string; text: string | undefined }) {
  const emoji = useEmoji(code);
  // An emoticon was typed as what it is; a name was typed between colons.
  const spelled = text && text !== code ? text : `:${code}:`;
  return emoji ? <span role="img" aria-label={`:${code}:`} className={styles.emoji}>{emoji}</span> : spelled;
}

const isBlank = (node: Inline) => node.type === "PLAIN_TEXT" && node.value.trim() === "";

/** A link without words: how messages are quoted. */
const isBare = (label: Inline[]) => label.length > 0 && label.every(isBlank);

function Link({ src, label }: { src: string; label: Inline[] }) {
  const site = String(useSetting("Site_Url") ?? "");
  const [, go] = useLocation();
  const href = safeHref(src);
  const words = label.length > 0 ? each(label, inline) : src;
  const { isQuoted } = useContext(Around);
  if (!href) return <>{words}</>;
  const inside = internalPath(href, site);
  const quoted = inside && isBare(label) ? new URL(href).searchParams.get("msg") : null;
  // Where the server has attached what is quoted, there is nothing more to show.
  if (isBare(label) && isQuoted(src)) return null;
  if (inside && quoted) return <Quoted path={inside} id={quoted} />;
  if (inside) return <a href={inside} onClick={(event) => (event.preventDefault(), go(inside))}>{words}</a>;
  return <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>{words}</a>;
}

function UserMention({ username }: { username: string }) {
  const { message } = useContext(Around);
  const me = useWorkspace((state) => state.me?.username);
  const real = useSetting("UI_Use_Real_Name") === true;
  const everybody = username === "all" || username === "here";
  const known = message?.mentions?.find((one) => one.username === username);
  if (!known) return <>@{username}</>;
  const words = everybody ? `@${username}` : `@${(real && known.name) || username}`;
  const mine = everybody || username === me;
  if (everybody || known.type === "team") return <span className={styles.mention} data-mine={mine}>{words}</span>;
  return (
    <button type="button" className={styles.mention} data-mine={mine} onClick={() => message && openPanel(message.rid, { kind: "profile", username })}>
      {words}
    </button>
  );
}

function RoomMention({ name }: { name: string }) {
  const { message } = useContext(Around);
  const [, go] = useLocation();
  const channel = message?.channels?.find((one) => one.name === name);
  const type = useWorkspace((state) => (channel ? (state.rooms.get(channel._id)?.t ?? state.subscriptions.get(channel._id)?.t ?? "c") : "c"));
  if (!channel) return <>#{name}</>;
  const path = roomPath({ _id: channel._id, t: type, name: channel.name });
  return <a className={styles.mention} href={path} onClick={(event) => (event.preventDefault(), go(path))}>#{channel.fname ?? name}</a>;
}

function Colour({ r, g, b, a }: { r: number; g: number; b: number; a: number }) {
  const colour = `rgb(${r} ${g} ${b} / ${a / 255})`;
  const hex = `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  return <span className={styles.colour}><span style={{ backgroundColor: colour }} />{hex}</span>;
}

function Timestamp({ seconds, format }: { seconds: number; format: string }) {
  const ms = seconds * 1000;
  if (Number.isNaN(ms)) return null;
  return <time dateTime={new Date(ms).toISOString()} title={full(ms)}>{format.toLowerCase() === "t" ? time(ms) : full(ms)}</time>;
}

function Spoiler({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  if (shown) return <span className={styles.told}>{children}</span>;
  return <button type="button" className={styles.spoiler} onClick={() => show(true)} aria-label={t("message.spoiler")}><span aria-hidden inert>{children}</span></button>;
}

function Code({ text, language }: { text: string; language: string | undefined }) {
  const { t } = useTranslation();
  const [copied, say] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    say(true);
    setTimeout(() => say(false), 1_500);
  }
  return (
    <div className={styles.block}>
      <pre dir="ltr" tabIndex={0} aria-label={language && language !== "none" ? t("message.codeIn", { language }) : t("message.code")}><code>{text}</code></pre>
      <span className={styles.copy}><IconButton label={t(copied ? "message.copied" : "message.copyCode")} icon={copied ? "check" : "copy"} onClick={() => void copy()} /></span>
    </div>
  );
}
