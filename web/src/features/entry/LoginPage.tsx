import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { paths } from "@/app/paths";
import { useSetting, useWorkspace } from "@/app/store";
import { logIn } from "@/lib/client/session";
import { Banner, Button, Form, PasswordField, TextField } from "@/ui";
import { EntryFrame, useSiteName } from "./EntryFrame";
import { factorOf } from "./failures";
import { SecondFactor } from "./SecondFactor";
import { useSubmit } from "./useSubmit";
import styles from "./Entry.module.css";

interface Asked {
  method: "totp" | "email" | "password";
}

/** Logging in by name or mail address, and by a second factor where the server asks for one; for somebody invited, who is let in then. */
export function LoginPage({ invite }: { invite?: string }) {
  const { t } = useTranslation();
  const site = useSiteName();
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState<Asked>();
  const form = useSubmit();
  const attempt = (code?: string) =>
    form.submit(async () => {
      try {
        await logIn(user, password, code);
      } catch (thrown) {
        const method = factorOf(thrown);
        if (!method) throw thrown;
        setAsked({ method });
      }
    });
  if (asked) {
    const back = () => {
      form.clear();
      setAsked(undefined);
    };
    return <SecondFactor method={asked.method} busy={form.busy} error={form.say("code")} problem={form.say()} onCode={(code) => void attempt(code)} onBack={back} />;
  }
  return (
    <EntryFrame title={t("entry.login.title", { site })}>
      <Why />
      <LoginFields {...{ user, setUser, password, setPassword, form }} onSend={() => void attempt()} />
      <ToRegister invite={invite} />
    </EntryFrame>
  );
}

interface FieldsProps {
  user: string;
  setUser: (text: string) => void;
  password: string;
  setPassword: (text: string) => void;
  form: ReturnType<typeof useSubmit>;
  onSend: () => void;
}

function LoginFields({ user, setUser, password, setPassword, form, onSend }: FieldsProps) {
  const { t } = useTranslation();
  const name = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);
  const empty = user.trim() === "" ? "user" : password === "" ? "password" : undefined;
  const missing = tried ? empty : undefined;
  const placeholder = useSetting("Accounts_EmailOrUsernamePlaceholder");
  useEffect(() => name.current?.focus(), []);
  useEffect(() => {
    if (form.failure?.field === "password") secret.current?.select();
  }, [form.failure]);
  const send = () => {
    setTried(true);
    if (empty) return (empty === "user" ? name : secret).current?.focus();
    onSend();
  };
  return (
    <Form onSubmit={send} busy={form.busy} error={form.say()}>
      <TextField
        ref={name}
        label={t("entry.login.user")}
        placeholder={typeof placeholder === "string" ? placeholder : undefined}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={user}
        error={missing === "user" && t("entry.login.userMissing")}
        onChange={(event) => setUser(event.target.value)}
      />
      <PasswordField
        ref={secret}
        label={t("entry.password")}
        name="password"
        autoComplete="current-password"
        value={password}
        error={missing === "password" ? t("entry.login.passwordMissing") : form.say("password")}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" wide loading={form.busy}>
        {t("entry.login.act")}
      </Button>
    </Form>
  );
}

/** Why the person is here again, where they were logged in before. */
function Why() {
  const { t } = useTranslation();
  const farewell = useWorkspace((state) => state.farewell);
  if (!farewell) return null;
  return <Banner kind={farewell === "deactivated" ? "warning" : "info"}>{t(`entry.farewell.${farewell}`)}</Banner>;
}

function ToRegister({ invite }: { invite: string | undefined }) {
  const { t } = useTranslation();
  const form = useSetting("Accounts_RegistrationForm");
  const closed = useSetting("Accounts_RegistrationForm_LinkReplacementText");
  if (form === undefined) return <p className={styles.aside}>&nbsp;</p>;
  const opens = form === "Public" || (form === "Secret URL" && invite !== undefined);
  if (!opens) return <p className={styles.aside}>{typeof closed === "string" && closed.trim() !== "" ? closed : t("entry.login.closed")}</p>;
  return (
    <p className={styles.aside}>
      {t("entry.login.new")} <Link href={invite === undefined ? paths.register : paths.invited(invite, "register")}>{t("entry.login.register")}</Link>
    </p>
  );
}
