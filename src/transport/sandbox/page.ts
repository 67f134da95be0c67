/**
 * The page that shows others apart, on an origin of its own. It tells the window around it that it is ready, is
 * handed a page, puts it into a frame that may run scripts and nothing else, and passes messages between the two.
 */
export const SANDBOX_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sandbox</title>
<style>html,body{margin:0;height:100%;background:transparent}iframe{display:block;width:100%;height:100%;border:0}</style>
</head>
<body>
<script>
"use strict";
(() => {
  const host = window.parent;
  if (host === window) return;
  let inner = null;
  const flags = ["allow-scripts", "allow-forms", "allow-popups", "allow-popups-to-escape-sandbox"];
  const show = ({ html }) => {
    if (typeof html !== "string") return;
    inner?.remove();
    inner = document.createElement("iframe");
    inner.setAttribute("sandbox", flags.join(" "));
    inner.srcdoc = html;
    document.body.append(inner);
  };
  window.addEventListener("message", (event) => {
    const message = event.data;
    if (typeof message !== "object" || message === null) return;
    if (event.source === host) {
      if (message.method === "ui/notifications/sandbox-resource-ready") show(message.params ?? {});
      else inner?.contentWindow?.postMessage(message, "*");
    } else if (inner !== null && event.source === inner.contentWindow) {
      host.postMessage(message, "*");
    }
  });
  host.postMessage({ jsonrpc: "2.0", method: "ui/notifications/sandbox-proxy-ready", params: {} }, "*");
})();
</script>
</body>
</html>
`;
