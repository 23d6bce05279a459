import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspaceShallow } from "@/app/store";
import type { User } from "@/lib/protocol/documents";
import { dayOf, timeAt } from "./times";
import styles from "./ProfileCard.module.css";

/** The roles that somebody has everywhere, by their names; that everybody has is not said. */
function useRoleNames(roles: readonly string[] = []): string[] {
  return useWorkspaceShallow((state) =>
    roles.filter((id) => id !== "user").map((id) => {
      const role = state.roles.get(id);
      return role?.description || role?.name || id;
    }),
  );
}

/** The clock, by the minute. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function ProfileFacts({ user }: { user: User }) {
  const { t, i18n } = useTranslation();
  const now = useMinute();
  const roles = useRoleNames(user.roles);
  const mail = user.emails?.[0]?.address;
  return (
    <dl className={styles.facts}>
      {user.nickname && <Fact name={t("people.profile.nickname")}>{user.nickname}</Fact>}
      {user.utcOffset !== undefined && (
        <Fact name={t("people.profile.localTime")}>
          <time>{timeAt(user.utcOffset, now, i18n.language)}</time>
        </Fact>
      )}
      {roles.length > 0 && <Fact name={t("people.profile.roles")}>{roles.join(", ")}</Fact>}
      {mail && (
        <Fact name={t("people.profile.email")}>
          <a href={`mailto:${mail}`}>{mail}</a>
        </Fact>
      )}
      {user.createdAt && <Fact name={t("people.profile.joined")}>{dayOf(user.createdAt, i18n.language)}</Fact>}
      {user.bio && (
        <Fact name={t("people.profile.bio")}>
          <span className={styles.bio} dir="auto">
            {user.bio}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.term}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
