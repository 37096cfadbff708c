import { withStack } from "../engine/with-stack";
import { textOf } from "../repository";

const web = { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } };

// docs/concepts.md, "What an update writes".
test("a key that is deactivated by hand stays so until a refresh; one that the program deactivates stays so", () =>
  withStack(async ({ stack, account }) => {
    await stack.declare(web).up();
    account.editClient("Web", { isActive: false, grantedRoles: ["Evaluator"] });
    const args = { ...web.args, allowedOrigins: ["acme.com", "acme.org"] };
    expect(await stack.declare({ ...web, args }).up()).toMatch(/warning: client "Web" .*\bactive\b/);
    expect(account.client("Web")).toMatchObject({
      isActive: false,
      grantedRoles: ["Evaluator"],
      allowedOrigins: args.allowedOrigins,
    });
    await stack.up("--refresh");
    expect(account.client("Web")).toMatchObject({ isActive: true, grantedRoles: ["Evaluator"] });

    expect(textOf("docs/concepts.md")).toContain("  active: false, // the key stops");
    await stack.declare({ ...web, args: { ...args, active: false } }).up();
    await stack.up("--refresh");
    expect(account.client("Web")).toMatchObject({ isActive: false });
    account.editClient("Web", { allowedOrigins: ["evil.example"] });
    const changed = { ...args, active: false, allowedOrigins: ["acme.com"] };
    expect(await stack.declare({ ...web, args: changed }).up()).toMatch(
      /warning: client "Web" .*evil\.example/,
    );
  }));
