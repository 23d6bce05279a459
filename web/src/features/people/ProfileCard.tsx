import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { paths } from "@/app/paths";
import { useMay, useWorkspace } from "@/app/store";
import { asCallError } from "@/lib/ddp/errors";
import type { User } from "@/lib/protocol/documents";
import { Avatar, Badge, Button, EmptyState, ErrorState, SkeletonList, toast } from "@/ui";
import { ProfileFacts } from "./ProfileFacts";
import { messageTo } from "./message";
import { usePresence } from "./presence";
import { useProfile } from "./profile";
import styles from "./ProfileCard.module.css";

export interface ProfileCardProps {
  username: string;
  /** Writes the person's name into what is being written. */
  onMention?: (username: string) => void;
  /** Without the buttons: where the conversation with the person is open already. */
  plain?: boolean;
}

/** Who somebody is. */
export function ProfileCard({ username, onMention, plain }: ProfileCardProps) {
  const { t } = useTranslation();
  const { user, error, retry } = useProfile(username);
  if (user) return <Card user={user} onMention={onMention} plain={plain} />;
  if (error === undefined) return <SkeletonList rows={4} avatar />;
  // The server says so in words only.
  if (asCallError(error).message.includes("not found")) {
    return <EmptyState icon="user" title={t("people.profile.missing")} body={t("people.profile.missingBody")} />;
  }
  return <ErrorState title={t("people.profile.failed")} body={explain(error)} onRetry={retry} />;
}

function Card({ user, onMention, plain }: { user: User } & Pick<ProfileCardProps, "onMention" | "plain">) {
  const { t } = useTranslation();
  const presence = usePresence(user._id);
  const mine = useWorkspace((state) => state.session?.uid === user._id);
  const status = presence?.status ?? (user.status === "disabled" ? undefined : user.status);
  const text = presence ? presence.text : user.statusText;
  const name = user.name || user.username || "";
  return (
    <div className={styles.card}>
      <Avatar name={name} username={user.username} etag={user.avatarETag} size={96} presence={status} />
      <div>
        <p className={styles.name}>
          <bdi>{name}</bdi>
          {mine && <Badge>{t("people.profile.you")}</Badge>}
          {user.type === "bot" && <Badge>{t("people.profile.bot")}</Badge>}
          {user.active === false && <Badge kind="danger">{t("people.profile.inactive")}</Badge>}
        </p>
        <p className={styles.username}>
          <bdi>@{user.username}</bdi>
        </p>
      </div>
      {(text || status) && (
        <p className={styles.status}>
          {status && t(`people.presence.${status}`)}
          {text && (
            <>
              {" · "}
              <bdi>{text}</bdi>
            </>
          )}
        </p>
      )}
      {!plain && <Acts user={user} mine={mine} onMention={onMention} />}
      <ProfileFacts user={user} />
    </div>
  );
}

function Acts({ user, mine, onMention }: { user: User; mine: boolean; onMention: ProfileCardProps["onMention"] }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const mayMessage = useMay("create-d");
  const mayManage = useMay("view-user-administration");
  const username = user.username;
  if (!username) return null;
  const message = async () => {
    setBusy(true);
    try {
      go(await messageTo(username));
    } catch (thrown) {
      toast({ kind: "danger", title: explain(thrown) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.acts}>
      {mine && (
        <Button icon="pencil" onClick={() => go(`${paths.account}/profile`)}>
          {t("people.profile.edit")}
        </Button>
      )}
      {!mine && mayMessage && (
        <Button icon="message" loading={busy} onClick={() => void message()}>
          {t("people.profile.message")}
        </Button>
      )}
      {onMention && !mine && (
        <Button icon="at" onClick={() => onMention(username)}>
          {t("people.profile.mention")}
        </Button>
      )}
      {mayManage && (
        <Button icon="gear" onClick={() => go(`${paths.admin}/users?user=${encodeURIComponent(username)}`)}>
          {t("people.profile.manage")}
        </Button>
      )}
    </div>
  );
}
