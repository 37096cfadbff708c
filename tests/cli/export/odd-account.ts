import type { ClientInput, EmulatorAccount } from "../../../emulator";

const NAMES = [
  "Shop web key",
  "Shop web key",
  "shop-web-key",
  'Tile "renderer"',
  "Tile 'renderer'",
  "Both \"kinds\" of 'quotes' and a \\ backslash",
  "`${process.env.HOME}`",
  "*/ alert(1) /*",
  "// comment",
  "🚀 rocket 🚀",
  "👨‍👩‍👧",
  "مفتاح الخرائط",
  "מפתח מפות",
  "地図サーバー",
  "Карта сайта",
  "Žluťoučký kůň",
  "default",
  "class",
  "constructor",
  "__proto__",
  "thinkgeo",
  "42",
  "3D map",
  "a\u00a0b",
  "x\u2003y",
  "e".repeat(256),
  "a very long name that a person wrote to say exactly what the key is for",
  "<script>",
  "$&",
  "%s %d",
] as const;

type Restriction = Pick<ClientInput, "clientType" | "sharedMode" | "allowedOrigins" | "allowedIpAddresses">;

const RESTRICTIONS: readonly Restriction[] = [
  { clientType: "JavaScript", sharedMode: "Origin", allowedOrigins: ["acme.com", "*.acme.com"] },
  { clientType: "JavaScript", sharedMode: "Origin", allowedOrigins: [] },
  { clientType: "JavaScript", sharedMode: "Origin", allowedOrigins: ["*"] },
  { clientType: "JavaScript", sharedMode: "Origin", allowedOrigins: ["ACME.com", "acme.com.", "münchen.de"] },
  {
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: ["xn--mnchen-3ya.de", "例え.jp", "localhost"],
  },
  {
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: Array.from({ length: 40 }, (_, index) => `shop-${40 - index}.acme.com`),
  },
  { clientType: "JavaScript", sharedMode: "IpAddress", allowedIpAddresses: ["203.0.113.7"] },
  {
    clientType: "JavaScript",
    sharedMode: "IpAddress",
    allowedOrigins: ["left.over.com"],
    allowedIpAddresses: ["10.*.*.*"],
  },
  {
    clientType: "JavaScript",
    sharedMode: "Origin",
    allowedOrigins: ["acme.com"],
    allowedIpAddresses: ["203.0.113.7"],
  },
  { sharedMode: "IpAddress", allowedIpAddresses: [] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["*.*.*.*"] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["0.0.0.0/0"] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["203.0.113.*", "198.51.100.7/32", "203.0.113.0/24"] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["203.0.113.7/24", " 198.51.100.7 ", "203.0.113.77"] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/1"] },
  { sharedMode: "IpAddress", allowedIpAddresses: ["255.255.255.0/24", "10.0.0.0/8"] },
];

const ROLES: readonly (readonly string[] | undefined)[] = [
  undefined,
  ["User"],
  [],
  ["Evaluator", "User"],
  ["Evaluator"],
];

/** Fills an account with clients of every kind, in every combination that the numbers allow. */
export function addOddClients(account: EmulatorAccount, count: number): void {
  for (let index = 0; index < count; index++) {
    const grantedRoles = ROLES[(index * 7) % ROLES.length];
    account.addClient({
      name: NAMES[index % NAMES.length] ?? "",
      ...RESTRICTIONS[index % RESTRICTIONS.length],
      ...(grantedRoles === undefined ? {} : { grantedRoles: [...grantedRoles] }),
      isActive: index % 11 !== 3,
      ...(index % 13 === 5 ? { extra: { description: "a field that is not known" } } : {}),
    });
  }
}

/** Clients that no program may declare, by what is wrong with them. */
export const UNDECLARABLE: Readonly<Record<string, ClientInput>> = {
  "an IPv6 address": { name: "six", allowedIpAddresses: ["2001:db8::1"] },
  "a URL among the origins": {
    name: "url",
    clientType: "JavaScript",
    allowedOrigins: ["https://acme.com/map"],
  },
  "a public suffix": { name: "suffix", clientType: "JavaScript", allowedOrigins: ["*.github.io"] },
  "origins on a NativeConfidential client": {
    name: "native",
    sharedMode: "Origin",
    allowedOrigins: ["acme.com"],
  },
  "a line break in the name": { name: "two\nlines" },
  "a direction mark in the name": { name: "evil \u202e live" },
  "spaces around the name": { name: " padded " },
  "an empty name": { name: "" },
  "a name that is too long": { name: "n".repeat(257) },
  "octal parts": { name: "octal", allowedIpAddresses: ["010.0.0.1"] },
  "Pulumi's own mark for what is not known": { name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
};
