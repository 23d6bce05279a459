import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { useMay, useWorkspace } from "@/app/store";
import { asCallError } from "@/lib/ddp/errors";
import { Button, ConfirmDialog, toast } from "@/ui";
import { explain } from "../parts/explain";
import { Act, Section } from "../parts/Page";
import { type Account, deleteAccount, logOutEverywhere, setActive, setRole } from "./calls";
import { Heirs, type Inheritance, inheritanceOf } from "./Heirs";

type Deed = "logout" | "admin" | "deactivate" | "delete";

interface UserActsProps {
  user: Account;
  onChange: (change: Partial<Account>) => void;
}

/** What cuts deep: asked once, with what follows from it. */
export function UserActs({ user, onChange }: UserActsProps) {
  const { t } = useTranslation();
  const self = useWorkspace((state) => state.session?.uid === user._id);
  const mayLogOut = useMay("logout-other-user");
  const mayActivate = useMay("edit-other-user-active-status");
  const mayDelete = useMay("delete-user");
  const mayAdmin = useMay("assign-admin-role");
  const [deed, ask] = useState<Deed>();
  const admin = user.roles?.includes("admin") ?? false;
  const active = user.active !== false;
  const activate = async () => {
    try {
      await setActive(user._id, true, false);
      onChange({ active: true });
    } catch (thrown) {
      toast({ kind: "danger", title: t("admin.users.act.failed"), description: explain(thrown) });
    }
  };
  return (
    <Section title={t("admin.users.act.title")} danger>
      {mayAdmin && (
        <Act title={t(admin ? "admin.users.act.noAdmin" : "admin.users.act.admin")} about={t(admin ? "admin.users.act.noAdminAbout" : "admin.users.act.adminAbout")}>
          <Button onClick={() => ask("admin")}>{t(admin ? "admin.users.act.noAdminVerb" : "admin.users.act.adminVerb")}</Button>
        </Act>
      )}
      {mayLogOut && (
        <Act title={t("admin.users.act.logout")} about={t("admin.users.act.logoutAbout")}>
          <Button onClick={() => ask("logout")}>{t("admin.users.act.logoutVerb")}</Button>
        </Act>
      )}
      {mayActivate && !self && (
        <Act title={t(active ? "admin.users.act.deactivate" : "admin.users.act.activate")} about={t(active ? "admin.users.act.deactivateAbout" : "admin.users.act.activateAbout")}>
          <Button onClick={() => (active ? ask("deactivate") : void activate())}>{t(active ? "admin.users.act.deactivateVerb" : "admin.users.act.activateVerb")}</Button>
        </Act>
      )}
      {mayDelete && !self && (
        <Act title={t("admin.users.act.delete")} about={t("admin.users.act.deleteAbout")}>
          <Button variant="danger" onClick={() => ask("delete")}>
            {t("admin.users.act.deleteVerb")}
          </Button>
        </Act>
      )}
      {deed && <Confirm key={deed} deed={deed} user={user} onChange={onChange} onClose={() => ask(undefined)} />}
    </Section>
  );
}

function Confirm({ deed, user, onChange, onClose }: UserActsProps & { deed: Deed; onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [inheritance, inherit] = useState<Inheritance>();
  const admin = user.roles?.includes("admin") ?? false;
  const verb = deed === "admin" && admin ? "noAdmin" : deed;
  const name = user.name ?? user.username ?? "";
  const act = async () => {
    const agreed = inheritance !== undefined;
    if (deed === "logout") await logOutEverywhere(user._id);
    if (deed === "admin") await setRole(user.username ?? "", "admin", !admin);
    if (deed === "deactivate") await setActive(user._id, false, agreed);
    if (deed === "delete") await deleteAccount(user._id, agreed);
  };
  const done = () => {
    if (deed === "logout") toast({ kind: "success", title: t("admin.users.act.loggedOut", { name }) });
    if (deed === "admin") onChange({ roles: admin ? user.roles?.filter((role) => role !== "admin") : [...(user.roles ?? []), "admin"] });
    if (deed === "deactivate") onChange({ active: false });
    if (deed === "delete") {
      toast({ kind: "success", title: t("admin.users.act.deleted", { name }) });
      go("/admin/users");
    }
  };
  const confirm = async () => {
    try {
      await act();
      done();
    } catch (thrown) {
      // The last owner of rooms: said once, then the same button means it.
      const found = inheritanceOf(asCallError(thrown));
      if (found) inherit(found);
      throw new Error(found ? t("admin.users.heirs.again") : explain(thrown), { cause: thrown });
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`admin.users.confirm.${verb}`, { name })}
      body={t(`admin.users.confirm.${verb}Body`, { name })}
      confirmLabel={t(`admin.users.act.${verb}Verb`)}
      danger={deed === "delete" || deed === "deactivate"}
      onConfirm={confirm}
    >
      {inheritance && <Heirs inheritance={inheritance} />}
    </ConfirmDialog>
  );
}
