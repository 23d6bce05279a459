import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { view } from "@/app/view";
import { i18n, nearest, useTranslation } from "@/i18n";
import { Button, Form, focusFirstError } from "@/ui";
import { EntryFrame } from "../EntryFrame";
import { failureOf } from "../failures";
import { useSubmit } from "../useSubmit";
import { AccountStep } from "./AccountStep";
import { finish, type Progress } from "./finish";
import { furthest, gathering, needsToken, type Step, stepOf, stepOfFailure, steps, type Wrong, wrongInStep } from "./steps";
import { WorkspaceStep } from "./WorkspaceStep";
import styles from "../Entry.module.css";

/** The first run: an administrator and a workspace in two pages. What is typed lives here, so going back loses nothing. */
export default function Setup() {
  const { t } = useTranslation();
  const settings = useWorkspace((state) => state.settings);
  const [path, go] = useLocation();
  const [gathered, setGathered] = useState(() => gathering(nearest([i18n.language])));
  const [tried, setTried] = useState(false);
  const [tokenNeeded, needToken] = useState(() => needsToken(location.hostname, settings.get("Site_Url")));
  const progress = useRef<Progress>({ registered: false });
  const form = useSubmit();
  // What was refused is what one is led back to.
  useEffect(() => {
    if (form.failure?.field) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.failure]);
  const step = stepOf(path) === "workspace" && furthest(gathered, settings, tokenNeeded) === "account" ? "account" : stepOf(path);

  const found = wrongInStep(step, gathered, settings, tokenNeeded);
  const wrong: Wrong = tried ? found : {};

  const show = (next: Step) => {
    setTried(false);
    go(next === "account" ? paths.setup : `${paths.setup}/${next}`);
  };
  const carryOut = () =>
    form.submit(async () => {
      view.setState({ settingUp: true });
      try {
        const room = await finish(gathered, progress.current, (name) => t("entry.setup.welcome", { site: gathered.site.trim(), room: name }));
        go(room, { replace: true });
        view.setState({ settingUp: false });
      } catch (thrown) {
        if (!progress.current.registered) view.setState({ settingUp: false });
        const failure = failureOf(thrown);
        if (failure.field === "token") needToken(true);
        const back = stepOfFailure(failure);
        if (back) show(back);
        throw thrown;
      }
    });
  const send = (element: HTMLFormElement) => {
    setTried(true);
    if (Object.keys(found).length > 0) return focusFirstError(element);
    if (step === "account") return show("workspace");
    void carryOut();
  };
  const shared = { gathered, onChange: setGathered, wrong, form };
  return (
    <EntryFrame title={t(`entry.setup.${step}.title`)} lead={t(`entry.setup.${step}.lead`)}>
      <Steps step={step} />
      <Form key={step} onSubmit={send} busy={form.busy} error={form.say()}>
        {step === "account" ? <AccountStep {...shared} tokenNeeded={tokenNeeded} /> : <WorkspaceStep {...shared} />}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t(step === "account" ? "entry.setup.next" : "entry.setup.finish")}
          </Button>
          {step === "workspace" && !form.busy && (
            <Button variant="ghost" onClick={() => show("account")}>
              {t("entry.back")}
            </Button>
          )}
        </div>
      </Form>
    </EntryFrame>
  );
}

function Steps({ step }: { step: Step }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps} aria-label={t("entry.setup.steps")}>
      {steps.map((one, place) => (
        <li key={one} aria-current={one === step ? "step" : undefined}>
          {t("entry.setup.step", { place: place + 1, name: t(`entry.setup.${one}.name`) })}
        </li>
      ))}
    </ol>
  );
}
