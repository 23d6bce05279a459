// Where a link of a message leads, if it may lead anywhere.

const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/** An address that is safe to follow, or nothing. */
export function safeHref(src: string): string | undefined {
  const text = src.startsWith("//") ? `https:${src}` : src;
  let url: URL;
  try {
    url = new URL(text, location.origin);
  } catch {
    return undefined;
  }
  return SCHEMES.has(url.protocol) ? url.href : undefined;
}

/** The path within this client that an address leads to, if it is one of its pages. */
export function internalPath(href: string, site: string): string | undefined {
  const url = new URL(href);
  const here = [location.origin, origin(site)];
  if (!here.includes(url.origin) || !/^\/(channel|group|direct|home|directory)(\/|$)/.test(url.pathname)) return undefined;
  return url.pathname + url.search;
}

function origin(site: string): string | undefined {
  try {
    return new URL(site).origin;
  } catch {
    return undefined;
  }
}
