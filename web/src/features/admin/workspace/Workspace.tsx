import { lazy, Suspense } from "react";
import { useTranslation } from "@/i18n";
import { answered, rest } from "@/lib/api/rest";
import type { Moment } from "@/lib/protocol/documents";
import { Button, ErrorState, SkeletonList } from "@/ui";
import { explain } from "../parts/explain";
import { Facts, Page, Section } from "../parts/Page";
import { useAnswer } from "../parts/useAnswer";
import { full } from "../parts/when";
import { uptime } from "./uptime";

const Plots = lazy(() => import("./Plots"));

interface Statistics {
  version?: string;
  product?: { name: string; version: string };
  database?: { engine: string };
  installedAt?: Moment;
  process?: { uptime?: number; pid?: number };
  os?: { type?: string; arch?: string };
  totalUsers?: number;
  activeUsers?: number;
  nonActiveUsers?: number;
  onlineUsers?: number;
  awayUsers?: number;
  busyUsers?: number;
  totalRooms?: number;
  totalChannels?: number;
  totalPrivateGroups?: number;
  totalDirect?: number;
  totalMessages?: number;
  totalChannelMessages?: number;
  totalPrivateGroupMessages?: number;
  totalDirectMessages?: number;
  lastMessageSentAt?: Moment;
}

async function readStatistics(): Promise<Statistics> {
  return (await answered(rest.GET("/api/v1/statistics"))) as Statistics;
}

/** What this workspace is, what is in it, and how it does. */
export default function Workspace() {
  const { t } = useTranslation();
  const { data, error, loading, again } = useAnswer(readStatistics);
  return (
    <Page
      title={t("admin.section.info")}
      wide
      actions={
        data && (
          <Button icon="refresh" loading={loading} onClick={again}>
            {t("admin.info.refresh")}
          </Button>
        )
      }
    >
      {data && <Figures statistics={data} />}
      {!data && error && <ErrorState title={t("admin.info.failed")} body={explain(error)} onRetry={again} detail={error.id} />}
      {!data && !error && <SkeletonList rows={8} />}
      <Section title={t("admin.info.live")} about={t("admin.info.liveAbout")}>
        <Suspense fallback={<SkeletonList rows={3} />}>
          <Plots />
        </Suspense>
      </Section>
    </Page>
  );
}

function Figures({ statistics: s }: { statistics: Statistics }) {
  const { t, i18n } = useTranslation();
  const number = (value: number | undefined) => (value === undefined ? "–" : value.toLocaleString(i18n.language));
  /** The number, and what the form of its noun goes by. */
  const counted = (value: number | undefined) => ({ count: value ?? 0, number: number(value) });
  const product = s.product && `${s.product.name} ${s.product.version}`;
  return (
    <Facts
      facts={[
        [t("admin.info.version"), product ? t("admin.info.speaks", { product, version: s.version }) : (s.version ?? "–")],
        [t("admin.info.uptime"), uptime(s.process?.uptime, i18n.language)],
        [t("admin.info.database"), s.database?.engine ?? "–"],
        [t("admin.info.machine"), [s.os?.type, s.os?.arch].filter(Boolean).join(", ") || "–"],
        [t("admin.info.installed"), full(s.installedAt, i18n.language) || "–"],
        [
          t("admin.section.users"),
          t("admin.info.people", { all: number(s.totalUsers), active: number(s.activeUsers), off: number(s.nonActiveUsers), online: number(s.onlineUsers), away: number(s.awayUsers), busy: number(s.busyUsers) }),
        ],
        [
          t("admin.section.rooms"),
          t("admin.info.rooms", {
            all: number(s.totalRooms),
            channels: t("admin.info.channels", counted(s.totalChannels)),
            groups: t("admin.info.groups", counted(s.totalPrivateGroups)),
            directs: t("admin.info.directs", counted(s.totalDirect)),
          }),
        ],
        [
          t("admin.info.messages"),
          t("admin.info.messagesIn", { all: number(s.totalMessages), channels: number(s.totalChannelMessages), groups: number(s.totalPrivateGroupMessages), direct: number(s.totalDirectMessages) }),
        ],
        [t("admin.info.lastMessage"), full(s.lastMessageSentAt, i18n.language) || t("admin.users.never")],
      ]}
    />
  );
}
