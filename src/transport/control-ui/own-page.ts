/** What a browser sees when no OpenClaw is installed beside the gateway. No script, so it needs no exception. */
export function ownPage(state: { version: string; connections: number; uptimeMs: number }): string {
  const minutes = Math.floor(state.uptimeMs / 60_000);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Understudy</title>
    <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }
      code { font: 0.9em ui-monospace, monospace; padding: 0.1em 0.35em; border-radius: 4px;
             background: color-mix(in srgb, currentColor 10%, transparent); }
      dt { font-weight: 600; } dd { margin: 0 0 0.75rem; }
    </style>
  </head>
  <body>
    <h1>The gateway is running</h1>
    <dl>
      <dt>Speaks the protocol of</dt><dd>OpenClaw ${state.version}</dd>
      <dt>Connections</dt><dd>${state.connections}</dd>
      <dt>Up for</dt><dd>${minutes < 1 ? "less than a minute" : `${minutes} min`}</dd>
    </dl>
    <h2>Getting the Control UI</h2>
    <p>The Control UI is part of OpenClaw and is served from your own copy of it. Install <code>openclaw</code>
    so that its command is on the PATH of this gateway, or set <code>gateway.controlUi.root</code> in
    <code>openclaw.json</code> to the <code>dist/control-ui</code> folder of an installed one; then restart the
    gateway and reload this page.</p>
  </body>
</html>
`;
}
