import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Where `npm run dev` sends what is not its own: a server that runs beside it.
const server = process.env.GANTRY ?? "http://localhost:3000";

/** Tells boot.js the files of the workspace, whose names are known when it is built. */
const workspace: Plugin = {
  name: "workspace",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle }) {
      const chunk = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.name === "workspace");
      if (chunk?.type !== "chunk") return html;
      const files = [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])].map((file) => `/${file}`).join(" ");
      return html.replace('src="/boot.js"', `src="/boot.js" data-workspace="${files}"`);
    },
  },
};

/** Nearly all of the first files is called at once: told so, the browser compiles it while it loads, beside the page's own thread. */
const eager: Plugin = {
  name: "eager",
  enforce: "post",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      for (const one of Object.values(bundle)) {
        if (one.type === "chunk" && (one.isEntry || one.name === "workspace")) one.code = `//# allFunctionsCalledOnLoad\n${one.code}`;
      }
    },
  },
};

export default defineConfig({
  plugins: [react(), workspace, eager],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  // Read as data, the words cost the browser less than as code.
  json: { stringify: true },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // An inlined asset would be a data: address, which the policy of the page does not allow for scripts and fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // scripts/budgets.mjs counts what is sent.
    chunkSizeWarningLimit: 2_000,
    // Read by scripts/budgets.mjs; not part of what is served.
    manifest: true,
    rolldownOptions: {
      output: {
        // Few files: each is asked for, checked and linked by itself, and a page waits for the last of them.
        codeSplitting: {
          groups: [
            { name: "client", tags: ["$initial"], priority: 2 },
            { name: "workspace", test: /\/src\/(app\/Workspace|features\/notify\/index)\./, priority: 1 },
            // What opens over a page, with the toolkit; and all that is loaded ahead of its first use.
            { name: "ahead", test: /\/src\/(ui\/floats\/index|features\/(sidebar\/overlayParts|panel\/Pane|people\/StatusDialog))\./ },
            { debugName: "words", name: (id) => `words-${/\/i18n\/([^/]+)\//.exec(id)?.[1]}`, test: /\/i18n\/(?!en\/)[^/]+\/\w+\.json/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/api/", "/avatar", "/images", "/manifest.webmanifest", "/metrics", "/sockjs", "/websocket", "/_timesync"].map((path) => [path, { target: server, ws: true, changeOrigin: true }]),
    ),
  },
  // Making a window takes longer than most tests: those that need one say so at their head.
  test: { pool: "threads" },
});
