type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Which proxy the transport goes through to an address, by the same variables; without the proxy's credentials. */
export function proxyFor(url: URL, environment: Environment): string | undefined {
  const variables = url.protocol === "https:" ? ["https_proxy", "http_proxy"] : ["http_proxy"];
  const found = variables
    .flatMap((name) => [name, name.toUpperCase()])
    .map((name) => ({ name, value: environment[name] ?? "" }))
    .find(({ value }) => value !== "");
  if (found === undefined || passesBy(url, environment)) return undefined;
  const host = URL.canParse(found.value) ? new URL(found.value).host : "an address that is no URL";
  return `${host} (${found.name})`;
}

function passesBy(url: URL, environment: Environment): boolean {
  const entries = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "").split(/[,\s]/);
  const host = url.hostname.toLowerCase();
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
  return entries.some((entry) => {
    const [name = "", itsPort] = entry.toLowerCase().split(":");
    if (name === "" || (itsPort !== undefined && Number(itsPort) !== port)) return false;
    if (name === "*") return true;
    const bare = name.replace(/^\*?\./, "");
    return (host === bare && !name.startsWith("*")) || host.endsWith(`.${bare}`);
  });
}
