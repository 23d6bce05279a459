import { useState } from "react";
import { useTranslation } from "@/i18n";
import { explain, explained } from "@/app/explain";
import { call } from "@/lib/client/link";
import { dayOf } from "@/features/people";
import { Badge, Button, ConfirmDialog, ErrorState, IconButton, Menu, SkeletonList, toast } from "@/ui";
import { NewTokenDialog } from "./NewTokenDialog";
import { SecretDialog, type Secret } from "./SecretDialog";
import { type PersonalToken, useTokens } from "./tokens";
import styles from "./parts.module.css";

type Asking = { what: "renew" | "remove"; token: PersonalToken };

/** The tokens that somebody made for programs. */
export function Tokens() {
  const { t } = useTranslation();
  const { tokens, error, reload } = useTokens();
  const [making, setMaking] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const [secret, setSecret] = useState<Secret>();
  const show = (made: Secret) => {
    setSecret(made);
    void reload();
  };
  const act = async () => {
    if (!asking) return;
    const tokenName = asking.token.name;
    if (asking.what === "renew") return show({ name: tokenName, token: await explained(call("personalAccessTokens:regenerateToken", { tokenName })) });
    await explained(call("personalAccessTokens:removeToken", { tokenName }));
    toast({ title: t("account.tokens.removed", { name: tokenName }) });
    void reload();
  };
  return (
    <>
      <List tokens={tokens} error={error} reload={() => void reload()} onAsk={setAsking} />
      <div className={styles.row}>
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t("account.tokens.make")}
        </Button>
      </div>
      <NewTokenDialog open={making} onOpenChange={setMaking} onMade={show} />
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
      <ConfirmDialog
        open={asking !== undefined}
        onOpenChange={() => setAsking(undefined)}
        title={t(`account.tokens.${asking?.what ?? "remove"}Title`, { name: asking?.token.name })}
        body={t(`account.tokens.${asking?.what ?? "remove"}Body`)}
        confirmLabel={t(`account.tokens.${asking?.what ?? "remove"}`)}
        danger
        onConfirm={act}
      />
    </>
  );
}

interface ListProps {
  tokens: readonly PersonalToken[] | undefined;
  error: unknown;
  reload: () => void;
  onAsk: (asking: Asking) => void;
}

function List({ tokens, error, reload, onAsk }: ListProps) {
  const { t, i18n } = useTranslation();
  if (!tokens && error !== undefined) return <ErrorState title={t("account.tokens.failed")} body={explain(error)} onRetry={reload} />;
  if (!tokens) return <SkeletonList rows={2} />;
  if (tokens.length === 0) return <p className={styles.meta}>{t("account.tokens.none")}</p>;
  return (
    <ul aria-label={t("account.tokens.title")}>
      {tokens.map((token) => (
        <li key={token.name} className={styles.token}>
          <div className={styles.tokenText}>
            <bdi>{token.name}</bdi> {token.bypassTwoFactor && <Badge kind="warning">{t("account.tokens.bypasses")}</Badge>}
            <p className={styles.meta}>{t("account.tokens.made", { day: dayOf(token.createdAt, i18n.language), end: token.lastTokenPart })}</p>
          </div>
          <Menu
            align="end"
            trigger={<IconButton icon="more" size="small" label={t("account.tokens.actions", { name: token.name })} />}
            items={[
              { label: t("account.tokens.renew"), icon: "refresh", onSelect: () => onAsk({ what: "renew", token }) },
              { label: t("account.tokens.remove"), icon: "trash", danger: true, onSelect: () => onAsk({ what: "remove", token }) },
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
