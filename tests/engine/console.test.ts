import { openConsole } from "../emulator/console-page";
import { withStack } from "./with-stack";

const web = { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } };

test("a person opens a whitelist in the console; a drift run says so, up heals it, and the page shows it", () =>
  withStack(async ({ stack, account, emulator }) => {
    await stack.declare(web).up();
    await openConsole(emulator, 1280, async (console) => {
      await console.press("Edit Web");
      await console.set("entries", "acme.com\nevil.example");
      await console.press("Save");
      await console.said("Saved “Web”.");
      const out = await stack.expect(
        7,
        "refresh",
        "--preview-only",
        "--run-program",
        "--expect-no-changes",
        "--diff",
      );
      expect(out).toContain("evil.example");
      await stack.quickStep("--refresh");
      await console.said("The account has changed.");
      expect(await console.text("#clients")).not.toContain("evil.example");
      expect(account.client("Web")).toMatchObject({ allowedOrigins: ["acme.com"] });
    });
  }));
