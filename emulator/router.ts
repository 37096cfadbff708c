/** A method ("*" for any), a path with its variable parts in braces, and who answers. */
export type Route<Handler> = readonly [method: string, path: string, handler: Handler];

interface Found<Handler> {
  readonly handler: Handler;
  /** The variable parts of the path, decoded. */
  readonly captures: readonly string[];
}

/** Finds who answers a request. Paths do not mind case or a slash at the end. */
export class Router<Handler> {
  readonly #routes: readonly { method: string; pattern: RegExp; handler: Handler }[];

  constructor(routes: readonly Route<Handler>[]) {
    this.#routes = routes.map(([method, path, handler]) => ({ method, pattern: patternOf(path), handler }));
  }

  /** Throws a URIError where a variable part of the path is wrongly encoded. */
  find(method: string, path: string): Found<Handler> | undefined {
    const route = this.#routes.find(
      (candidate) => ["*", method].includes(candidate.method) && candidate.pattern.test(path),
    );
    if (route === undefined) return undefined;
    const [, ...captures] = route.pattern.exec(path) ?? [];
    return { handler: route.handler, captures: captures.map((part) => decodeURIComponent(part)) };
  }

  /** The methods that are answered at a path, if any. */
  methodsAt(path: string): string[] {
    return this.#routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  }
}

function patternOf(path: string): RegExp {
  const literal = path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+?)");
  return new RegExp(`^${literal}/?$`, "i");
}
