/** The small files that a browser asks every web surface for, where no Control UI is installed that has them. */
export interface OwnFile {
  readonly contentType: string;
  readonly body: string;
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1f2937"/><path d="M18 18v18a14 14 0 0 0 28 0V18" fill="none" stroke="#f9fafb" stroke-width="8" stroke-linecap="round"/></svg>`;

/** A worker of an earlier Control UI would go on serving its pages from its cache: this one makes room. */
const WORKER = `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  );
});
`;

const MANIFEST = {
  name: "Understudy",
  short_name: "Understudy",
  start_url: "./",
  display: "browser",
  icons: [{ src: "./favicon.svg", sizes: "any", type: "image/svg+xml" }],
};

const FILES: Readonly<Record<string, OwnFile>> = {
  "/favicon.svg": { contentType: "image/svg+xml", body: ICON },
  "/manifest.webmanifest": {
    contentType: "application/manifest+json; charset=utf-8",
    body: JSON.stringify(MANIFEST, null, 2),
  },
  "/sw.js": { contentType: "application/javascript; charset=utf-8", body: WORKER },
};

export function ownFile(path: string): OwnFile | undefined {
  return Object.hasOwn(FILES, path) ? FILES[path] : undefined;
}
