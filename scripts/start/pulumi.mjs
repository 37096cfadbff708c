import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { StartError } from "./start-error.mjs";

const stack = "dev";

/**
 * The user's environment without what would lead to the user's own Pulumi or ThinkGeo account.
 *
 * @param {import("./folder.mjs").Folder} folder
 * @param {Record<string, string>} account where the emulator is, and its credentials
 * @param {NodeJS.ProcessEnv} [users]
 * @returns {Record<string, string>}
 */
export function pulumiEnvironment(folder, account, users = process.env) {
  const kept = Object.entries(users).filter(([name]) => !/^(?:PULUMI|THINKGEO)_/i.test(name));
  const direct = [users["NO_PROXY"] ?? users["no_proxy"] ?? "", "127.0.0.1"].filter(Boolean).join(",");
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])),
    NO_PROXY: direct,
    no_proxy: direct,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...ownVariables(folder),
    ...account,
  };
}

/**
 * The Pulumi home and stack that belong to `npm start` alone. The passphrase guards an emulator's secrets only.
 *
 * @param {import("./folder.mjs").Folder} folder
 */
export function ownVariables(folder) {
  return {
    PULUMI_HOME: folder.home,
    PULUMI_BACKEND_URL: `file://${folder.state}`,
    PULUMI_CONFIG_PASSPHRASE: "npm start",
    PULUMI_STACK: stack,
    PULUMI_OPTION_CONFIG_FILE: configFile(folder),
  };
}

/** @param {import("./folder.mjs").Folder} folder */
const configFile = (folder) => path.join(folder.project, `Pulumi.${stack}.yaml`);

/** The real `pulumi`, on one project. */
export class Pulumi {
  #program;
  #folder;
  #environment;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #running;

  /**
   * @param {string} program the folder with its Pulumi.yaml
   * @param {import("./folder.mjs").Folder} folder
   * @param {Record<string, string>} environment
   */
  constructor(program, folder, environment) {
    this.#program = program;
    this.#folder = folder;
    this.#environment = environment;
  }

  /** Makes the stack if there is none yet. */
  async makeStack() {
    const { project, state } = this.#folder;
    const [, name = ""] =
      /^name: *(\S+)/m.exec(fs.readFileSync(path.join(this.#program, "Pulumi.yaml"), "utf8")) ?? [];
    if (fs.existsSync(path.join(state, ".pulumi/stacks", name, `${stack}.json`))) return;
    fs.writeFileSync(path.join(project, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    await this.#run(["stack", "init", stack, "--non-interactive"], { cwd: project, capture: true });
  }

  /**
   * Runs a command that shows the user what it does.
   *
   * @param {string[]} args
   * @param {number[]} expected exit codes that are no failure
   */
  async show(args, expected = [0]) {
    const options = ["--stack", stack, "--config-file", configFile(this.#folder)];
    await this.#run([...args, ...options], { cwd: this.#program, capture: false, expected });
  }

  /**
   * The clients that the stack holds, with their secrets.
   *
   * @returns {Promise<import("./keys.mjs").Key[]>}
   */
  async keys() {
    const text = await this.#run(["stack", "export", "--stack", stack, "--show-secrets"], {
      cwd: this.#program,
      capture: true,
    });
    const resources = JSON.parse(text).deployment.resources ?? [];
    return resources
      .filter(({ type = "" }) => /^(?:pulumi-nodejs:dynamic\/thinkgeo|thinkgeo:index):Client$/.test(type))
      .map((/** @type {{ id: string, outputs: Record<string, any> }} */ { id, outputs }) => ({
        ...outputs,
        id,
        clientSecret: secretText(outputs["clientSecret"]),
      }));
  }

  /**
   * Passes on what would end this process, so that Pulumi ends its work in order.
   *
   * @param {NodeJS.Signals} signal
   */
  end(signal) {
    this.#running?.kill(signal);
  }

  /**
   * @param {string[]} args
   * @param {{ cwd: string, capture: boolean, expected?: number[] }} how
   * @returns {Promise<string>} what was captured
   */
  async #run(args, { cwd, capture, expected = [0] }) {
    const child = spawn("pulumi", args, {
      cwd,
      env: this.#environment,
      stdio: capture ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    this.#running = child;
    let output = "";
    let errors = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (errors += text));
    const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    this.#running = undefined;
    if (expected.includes(status)) return output;
    if (errors !== "") process.stderr.write(errors);
    const command = args
      .slice(0, 2)
      .filter((word) => !word.startsWith("-"))
      .join(" ");
    throw new StartError(
      `"pulumi ${command}" failed: see what it says above, and run npm start again (npm start -- --clean begins anew).`,
    );
  }
}

/**
 * An exported secret is JSON in an envelope.
 *
 * @param {unknown} value
 * @returns {string | undefined}
 */
function secretText(value) {
  const plain =
    typeof value === "object" && value !== null && "plaintext" in value ? value.plaintext : undefined;
  return typeof plain === "string" ? JSON.parse(plain) : undefined;
}
