import { useMemo } from "react";
import { useTranslation } from "@/i18n";

const year = new Date().getFullYear();

/** A day as people say it: the year only where it is not this one. */
export function useDay(): (moment: Date | undefined) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const near = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short" });
    const far = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", year: "numeric" });
    return (moment) => (moment ? (moment.getFullYear() === year ? near : far).format(moment) : "–");
  }, [i18n.language]);
}
