import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Comment {
  readonly id: number;
  readonly login: string;
  body: string;
}

/** What a forge keeps of one pull request: GitLab's notes and GitHub's comments, by their own APIs. */
export class Forge {
  readonly comments: Comment[] = [];
  /** Every request, as "METHOD path". */
  readonly calls: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<Forge> {
    const forge = new Forge();
    await new Promise<void>((resolve) => forge.#server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(login: string, body: string): Comment {
    const comment = { id: this.comments.length + 100, login, body };
    this.comments.push(comment);
    return comment;
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = "", url = "", headers } = request;
    const [path = ""] = url.split("?");
    this.calls.push(`${method} ${path}`);
    let text = "";
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    if (headers["private-token"] !== "token" && headers.authorization !== "Bearer token")
      return { status: 401, body: {} };
    const body = bodyOf(text);
    const [, id] = /\/(?:notes|comments)\/(\d+)$/.exec(path) ?? [];
    const comment = this.comments.find((each) => String(each.id) === id);
    if (method === "GET") {
      const page = Number(new URLSearchParams(url.split("?")[1]).get("page") ?? "1");
      return { status: 200, body: this.comments.slice(100 * (page - 1), 100 * page).map(shown) };
    }
    if (method === "POST" && id === undefined) return { status: 201, body: shown(this.add(BOT, body)) };
    if (comment === undefined || !["PUT", "PATCH"].includes(method)) return { status: 404, body: {} };
    comment.body = body;
    return { status: 200, body: shown(comment) };
  }
}

export const BOT = "github-actions[bot]";

const shown = ({ id, login, body }: Comment): object => ({ id, user: { login }, body });

/** GitHub is sent JSON, and GitLab a form. */
const bodyOf = (text: string): string =>
  text.startsWith("{")
    ? (JSON.parse(text) as Pick<Comment, "body">).body
    : (new URLSearchParams(text).get("body") ?? "");
