import { createHash, randomBytes } from "node:crypto";

const vendorBase64 = (bytes: Buffer): string =>
  bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "~");

/** A public key in the vendor's shape: 32 bytes, 44 characters, `~` in place of `=`. */
export const newApiKey = (): string => vendorBase64(randomBytes(32));

/** A secret in the vendor's shape: 40 bytes, 56 characters that end in `~~`. */
export const newApiSecret = (): string => vendorBase64(randomBytes(40));

/** The same GUID for the same name in every emulator, for what the live service shares between accounts. */
export function fixedGuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
