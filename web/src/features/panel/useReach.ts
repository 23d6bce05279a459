import { useCallback, useEffect, useRef } from "react";

/** Calls when an element comes near the visible part of what it scrolls in: the list goes on before its end is reached. */
export function useReach(reached: () => void): (element: HTMLElement | null) => (() => void) | undefined {
  const latest = useRef(reached);
  useEffect(() => {
    latest.current = reached;
  }, [reached]);
  return useCallback((element) => {
    if (!element || typeof IntersectionObserver === "undefined") return;
    const root = element.parentElement;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && latest.current(), { root, rootMargin: "400px" });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
