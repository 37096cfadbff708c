import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const LARGEST = 256 * 1024 * 1024;

/** @param {string} name a program of this folder */
export const programOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Runs a Node.js program that prints JSON, and answers that.
 *
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} where
 */
export async function jsonOf(args, { cwd, env = {} }) {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: LARGEST };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout);
}

/**
 * Runs a Node.js program and answers its CPU seconds and its peak megabytes.
 *
 * @param {string[]} args none: Node.js alone
 * @param {{ cwd: string, env?: Record<string, string> }} where
 * @returns {Promise<{ cpu: number, memory: number }>}
 */
export async function usageOf(args, { cwd, env = {} }) {
  const report = path.join(fs.mkdtempSync(path.join(cwd, "usage-")), "usage.json");
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: LARGEST };
  await promisify(execFile)(process.execPath, [programOf("node-usage.mjs"), report, ...args], options);
  return JSON.parse(fs.readFileSync(report, "utf8"));
}
