import { useEffect } from "react";
import { useTranslation } from "@/i18n";
import { Link, useLocation } from "wouter";
import { paths, roomPath } from "@/app/paths";
import { useMay, useMayAny, useSetting, useWorkspace, useWorkspaceShallow } from "@/app/store";
import { view } from "@/app/view";
import { splitQuotes } from "@/lib/protocol/quotes";
import { badgeOf, lastOf, titleOf, unreadOf } from "@/lib/store/rooms";
import type { State } from "@/lib/store/state";
import { Avatar, Badge, Button, Icon, SkeletonList } from "@/ui";
import styles from "./Home.module.css";

/** What is new, most pressing first. */
export function newRooms(state: Pick<State, "subscriptions" | "rooms">): string[] {
  return [...state.subscriptions.values()]
    .filter((one) => one.open && unreadOf(one) !== "none")
    .toSorted((a, b) => badgeOf(b) - badgeOf(a) || lastOf(b, state.rooms.get(b.rid)) - lastOf(a, state.rooms.get(a.rid)))
    .map((one) => one.rid);
}

let found: (Pick<State, "subscriptions" | "rooms"> & { rids: string[] }) | undefined;

function newIn({ subscriptions, rooms }: State): string[] {
  if (found?.subscriptions !== subscriptions || found.rooms !== rooms) found = { subscriptions, rooms, rids: newRooms({ subscriptions, rooms }) };
  return found.rids;
}

/** The start page: what is new, and in an empty workspace what comes next. */
export default function Home() {
  const { t } = useTranslation();
  const ready = useWorkspace((state) => state.ready);
  const me = useWorkspace((state) => state.me?.name ?? state.me?.username);
  const site = useSetting("Site_Name");
  const name = typeof site === "string" && site ? site : t("home.product");
  useEffect(() => {
    document.title = name;
  }, [name]);
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{me ? t("home.greeting", { name: me }) : t("home.greetingNobody")}</h1>
        {ready ? <News /> : <SkeletonList rows={3} />}
        {ready && <NextSteps />}
      </div>
    </div>
  );
}

function News() {
  const { t } = useTranslation();
  const rids = useWorkspaceShallow(newIn);
  const any = useWorkspace((state) => state.subscriptions.size > 0);
  if (rids.length === 0) return <p className={styles.quiet}>{t(any ? "home.nothingNew" : "home.noRooms")}</p>;
  return (
    <section className={styles.section} aria-labelledby="home-new">
      <h2 id="home-new">{t("home.new", { count: rids.length })}</h2>
      <ul className={styles.list}>
        {rids.slice(0, 20).map((rid) => (
          <NewRoom key={rid} rid={rid} />
        ))}
      </ul>
    </section>
  );
}

function NewRoom({ rid }: { rid: string }) {
  const subscription = useWorkspace((state) => state.subscriptions.get(rid));
  const room = useWorkspace((state) => state.rooms.get(rid));
  if (!subscription) return null;
  const title = titleOf(subscription, room);
  const last = room?.lastMessage;
  const pair = subscription.t === "d" && (room?.uids?.length ?? 2) <= 2;
  return (
    <li>
      <Link href={roomPath(subscription)} className={styles.row}>
        <span className={styles.picture}>
          {pair ? <Avatar name={title} username={subscription.name} size={24} /> : <Icon name={subscription.t === "p" ? "lock" : subscription.t === "d" ? "users" : "hash"} />}
        </span>
        <span className={styles.name} dir="auto">{title}</span>
        <span className={styles.last} dir="auto">{last && !last.t ? `${last.u.name ?? last.u.username ?? ""}: ${splitQuotes(last.msg).text}` : ""}</span>
        <Badge count={badgeOf(subscription)} kind="mention" />
      </Link>
    </li>
  );
}

/** Rooms that a workspace in use has more of. */
const FEW = 4;

function NextSteps() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const few = useWorkspace((state) => state.subscriptions.size < FEW);
  const creates = useMayAny(["create-c", "create-p"]);
  const invites = useMay("create-user");
  if (!few) return null;
  return (
    <section className={styles.section} aria-labelledby="home-next">
      <h2 id="home-next">{t("home.next.title")}</h2>
      <ul className={styles.steps}>
        {creates && <NextStep step="channel" onAct={() => view.setState({ create: "channel" })} />}
        {invites && <NextStep step="people" onAct={() => go(`${paths.admin}/users`)} />}
        <NextStep step="browse" onAct={() => go(`${paths.directory}/channels`)} />
        <li className={styles.step}>
          <p className={styles.what}>{t("home.next.apps.title")}</p>
          <p className={styles.why}>{t("home.next.apps.body")}</p>
          <code className={styles.address}>{location.origin}</code>
        </li>
      </ul>
    </section>
  );
}

function NextStep({ step, onAct }: { step: "channel" | "people" | "browse"; onAct: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={styles.step}>
      <p className={styles.what}>{t(`home.next.${step}.title`)}</p>
      <p className={styles.why}>{t(`home.next.${step}.body`)}</p>
      <Button onClick={onAct}>{t(`home.next.${step}.act`)}</Button>
    </li>
  );
}
