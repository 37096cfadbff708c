import { withStack } from "./with-stack";

// What is wrong is told at preview: tests/walkthroughs/errors.test.ts.
test("values that are not known yet pass the preview, wherever they stand", () =>
  withStack(async ({ stack, account }) => {
    const first = { name: "first", args: { type: "JavaScript", allowedOrigins: ["acme.com"] } };
    const second = {
      name: "second",
      args: {
        type: "JavaScript",
        name: { $output: ["first", "clientId"] },
        allowedOrigins: { $output: ["first", "allowedOrigins"] },
        replaceWhenChanged: { of: { $output: ["first", "id"] } },
      },
    };
    stack.declare(first, second);
    await stack.expect(0, "preview");
    await stack.quickStep();
    const { clientId } = await stack.outputs("first");
    expect(account.client(String(clientId))).toMatchObject({ allowedOrigins: ["acme.com"] });
  }));
