// The desktop app asks the page for the server's version in this way, and reloads it for ever if it gets no answer.
(function () {
  var meta = document.querySelector('meta[name="rocketchat-version"]');
  var version = meta ? meta.content : "";
  window.require = function (name) {
    if (name === "/app/utils/rocketchat.info") return { Info: { version: version } };
    throw new Error("Cannot find module '" + name + "'");
  };
  // Who is logged in needs the workspace: it comes together with the page's own script, not after it.
  function preload(file) {
    var link = document.createElement("link");
    var style = file.endsWith(".css");
    link.rel = style ? "preload" : "modulepreload";
    if (style) link.as = "style";
    link.crossOrigin = "";
    link.href = file;
    document.head.append(link);
  }
  var root = document.documentElement;
  try {
    var files = document.currentScript.dataset.workspace;
    if (files && localStorage.getItem("gantry.session")) {
      files.split(" ").forEach(preload);
      // Its shape is seen meanwhile (src/ui/first.css).
      if (!/^\/(api-docs|gallery)/.test(location.pathname)) root.dataset.expected = "";
      var view = JSON.parse(localStorage.getItem("gantry.view") || "{}");
      if (view.sidebarWidth) root.style.setProperty("--sidebar-width", (view.sidebarOpen === false ? 0 : view.sidebarWidth) + "px");
    }
  } catch {
    // Storage may be forbidden: it comes a moment later.
  }
  // What the last visit chose, before anything is painted (see src/app/appearance.ts).
  try {
    var chosen = JSON.parse(localStorage.getItem("gantry.appearance") || "{}");
    if (chosen.theme && chosen.theme !== "system") root.dataset.theme = chosen.theme;
    if (chosen.density) root.dataset.density = chosen.density;
    if (chosen.language) root.lang = chosen.language;
    if (chosen.direction) root.dir = chosen.direction;
  } catch {
    // Storage may be forbidden: the page looks as the system does.
  }
})();
