import { useState } from "react";
import { Button, Checkbox, Form, FormActions, PasswordField, RadioGroup, SearchField, Select, Switch, TextArea, TextField } from "@/ui";
import { Columns, Section } from "./Section";

const roles = [
  { value: "user", label: "User", hint: "Reads and writes where they are a member" },
  { value: "moderator", label: "Moderator", hint: "Also removes messages" },
  { value: "owner", label: "Owner", icon: "crown" },
  { value: "guest", label: "Guest", disabled: true },
] as const;

export function Inputs() {
  return (
    <Section title="Fields">
      <Columns>
        <Texts />
        <Choices />
        <Sent />
      </Columns>
    </Section>
  );
}

function Texts() {
  const [search, setSearch] = useState("deploy");
  const [role, setRole] = useState<(typeof roles)[number]["value"]>("user");
  return (
    <Form onSubmit={() => undefined}>
      <TextField label="Name" hint="Small letters, digits, dots and dashes" prefix="#" defaultValue="general" />
      <TextField label="Topic" optional="(optional)" placeholder="What is this channel about" />
      <TextField label="Address" error="This address is in use by another account" defaultValue="ada@example.org" />
      <TextField label="Largest file" suffix="MB" inputMode="numeric" defaultValue="100" />
      <TextField label="Identifier" disabled defaultValue="GENERAL" />
      <SearchField label="Search messages" value={search} onValueChange={setSearch} />
      <Select label="Role" options={roles} value={role} onValueChange={setRole} />
      <Select label="Retention" options={roles} value={null} onValueChange={() => undefined} placeholder="As the workspace has it" error="Choose one" />
      <Select label="Locked" options={roles} value="owner" onValueChange={() => undefined} disabled />
    </Form>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [kind, setKind] = useState<"all" | "mentions" | "none">("mentions");
  return (
    <Form onSubmit={() => undefined}>
      <Switch label="Show avatars" checked={on} onCheckedChange={setOn} />
      <Switch label="Send on Enter" hint="Shift and Enter begins a new line" checked={!on} onCheckedChange={(next) => setOn(!next)} />
      <Switch label="Read receipts" hint="Set by the administrator" checked disabled onCheckedChange={() => undefined} />
      <Checkbox label="Private" hint="Only people who are invited see it" defaultChecked />
      <Checkbox label="Read only" />
      <Checkbox label="All 12 selected rooms" mixed />
      <Checkbox label="I have a copy of the key" error="Keep the key first: it is not shown again" />
      <Checkbox label="Encrypted" disabled defaultChecked />
      <RadioGroup
        label="Notify me about"
        value={kind}
        onValueChange={setKind}
        options={[
          { value: "all", label: "Every message" },
          { value: "mentions", label: "Mentions and direct messages", hint: "The default of this workspace" },
          { value: "none", label: "Nothing" },
        ]}
      />
    </Form>
  );
}

function Sent() {
  return (
    <Form onSubmit={() => undefined} error="The user name or the password is wrong. Three attempts are left.">
      <TextField label="User name or e-mail" defaultValue="ada" autoComplete="username" />
      <PasswordField label="Password" autoComplete="current-password" defaultValue="correct horse" />
      <PasswordField label="New password" autoComplete="new-password" error="Too short: at least 12 characters" defaultValue="short" />
      <TextArea label="About you" hint="Shown on your profile" defaultValue={"Looks after the cranes.\nMonday to Thursday."} />
      <TextArea label="Reason" disabled defaultValue="Archived" />
      <FormActions>
        <Button variant="primary" type="submit">
          Log in
        </Button>
        <Button variant="ghost">Forgot password</Button>
      </FormActions>
    </Form>
  );
}
