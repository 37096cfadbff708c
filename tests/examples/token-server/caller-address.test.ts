import fc from "fast-check";
import { BlockList } from "node:net";
import { callerAddress } from "../../../examples/token-server/server/caller-address";

const nobody = new BlockList();
const proxies = new BlockList();
proxies.addSubnet("10.0.0.0", 8, "ipv4");
proxies.addAddress("2001:db8::53", "ipv6");

test.each([
  ["a peer that is no proxy is the caller, whatever it says", "192.0.2.1", "198.51.100.7", "192.0.2.1"],
  ["a proxy's last entry is the caller", "10.0.0.1", "198.51.100.7", "198.51.100.7"],
  ["what the caller itself sent stands left of it", "10.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"],
  ["through two proxies", "10.0.0.1", "1.1.1.1, 198.51.100.7, 10.9.9.9", "198.51.100.7"],
  ["nothing but proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ["a proxy that says nothing", "10.0.0.1", undefined, "10.0.0.1"],
  ["an entry that is no address ends the search", "10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"],
  ["with a port", "10.0.0.1", "198.51.100.7:51234", "198.51.100.7"],
  ["IPv6 in brackets, with a port", "10.0.0.1", "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"],
  ["an IPv6 proxy", "2001:db8::53", "198.51.100.7", "198.51.100.7"],
  ["IPv4 on an IPv6 socket", "::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"],
  ["IPv4 on an IPv6 socket, in hexadecimal", "::ffff:a00:1", "::FFFF:c633:6407", "198.51.100.7"],
  ["IPv4 on an IPv6 socket, in full", "0:0:0:0:0:ffff:10.0.0.1", "[::ffff:198.51.100.7]:443", "198.51.100.7"],
  ["IPv4 on an IPv6 socket, with a zone", "::ffff:192.0.2.1%eth0", undefined, "192.0.2.1"],
  ["IPv6 that only looks like IPv4", "::fffe:c000:201", undefined, "0:0:0:0::/64"],
  ["a zone", "fe80::1%eth0", undefined, "fe80:0:0:0::/64"],
  ["a peer that has gone", undefined, "198.51.100.7", "unknown"],
])("%s", (_, peer, forwardedFor, caller) => {
  expect(callerAddress(peer, forwardedFor, proxies)).toBe(caller);
});

test("without a trusted proxy the header is nothing", () => {
  expect(callerAddress("127.0.0.1", "198.51.100.7", nobody)).toBe("127.0.0.1");
});

test("addresses of one IPv6 network are one caller, however they are written", () => {
  const written = ["2001:db8:0:1::1", "2001:DB8:0:1:ffff:0:0:1", "2001:0db8:0000:0001::"];
  const callers = written.map((address) => callerAddress(address, undefined, nobody));

  expect(new Set(callers)).toEqual(new Set(["2001:db8:0:1::/64"]));
  expect(callerAddress("2001:db8:0:2::1", undefined, nobody)).toBe("2001:db8:0:2::/64");
  expect(callerAddress("::1", undefined, nobody)).toBe("0:0:0:0::/64");
});

test("an IPv4 address has one bucket, however a socket or a proxy writes it", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
      const written = [
        address,
        `::ffff:${address}`,
        `::ffff:${hex}`,
        `::FFFF:${hex.toUpperCase()}`,
        `0:0:0:0:0:ffff:${hex}`,
      ];
      for (const peer of written) {
        expect(callerAddress(peer, undefined, nobody)).toBe(address);
        expect(callerAddress("2001:db8::53", `[${peer}]:443`, proxies)).toMatch(address);
      }
    }),
  );
});

test("whatever is sent, it names an address, an IPv6 network or nobody, and never throws", () => {
  const everybody = new BlockList();
  everybody.addSubnet("0.0.0.0", 0, "ipv4");
  everybody.addSubnet("::", 0, "ipv6");
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV6().map((text) => `[${text}]:1`),
    fc.string(),
  );
  fc.assert(
    fc.property(address, fc.array(address), (peer, hops) => {
      const caller = callerAddress(peer, hops.join(","), everybody);
      expect(caller).toMatch(/^(?:unknown|[\d.]{7,15}|[\da-f]{1,4}(?::[\da-f]{1,4}){3}::\/64)$/);
    }),
  );
});
