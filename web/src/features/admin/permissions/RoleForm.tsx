import { useState } from "react";
import { useTranslation } from "@/i18n";
import { answered, rest } from "@/lib/api/rest";
import type { Role } from "@/lib/protocol/documents";
import { Button, Dialog, Form, RadioGroup, TextField } from "@/ui";
import { explain } from "../parts/explain";

/** A role of the workspace's own: new, or changed. */
export function RoleForm({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [scope, setScope] = useState<Role["scope"]>(role?.scope ?? "Users");
  const [state, setState] = useState<{ busy: boolean; error?: string; missing?: boolean }>({ busy: false });
  const submit = async () => {
    if (!name.trim()) return setState({ busy: false, missing: true });
    setState({ busy: true });
    const form = { name: name.trim(), description: description.trim(), scope };
    try {
      await (role ? answered(rest.POST("/api/v1/roles.update", { body: { roleId: role._id, ...form } })) : answered(rest.POST("/api/v1/roles.create", { body: form })));
      onClose();
    } catch (thrown) {
      setState({ busy: false, error: explain(thrown) });
    }
  };
  const save = t(role ? "admin.roles.save" : "admin.roles.create");
  return (
    <Dialog
      open
      keepOpen
      size="small"
      onOpenChange={(open) => !open && onClose()}
      title={role ? t("admin.roles.editTitle", { name: role.name }) : t("admin.roles.createTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" type="submit" form="role" loading={state.busy}>
            {save}
          </Button>
        </>
      }
    >
      <Form id="role" busy={state.busy} error={state.error} onSubmit={() => void submit()}>
        <TextField label={t("admin.roles.name")} value={name} error={state.missing && t("admin.roles.nameMissing")} onChange={(event) => setName(event.target.value)} />
        <TextField label={t("admin.roles.description")} hint={t("admin.roles.descriptionHint")} value={description} onChange={(event) => setDescription(event.target.value)} />
        <RadioGroup
          label={t("admin.roles.scope")}
          value={scope}
          onValueChange={setScope}
          options={[
            { value: "Users", label: t("admin.roles.scopes.Users"), hint: t("admin.roles.scopeHint.Users") },
            { value: "Subscriptions", label: t("admin.roles.scopes.Subscriptions"), hint: t("admin.roles.scopeHint.Subscriptions") },
          ]}
        />
      </Form>
    </Dialog>
  );
}
