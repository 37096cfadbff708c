import { join, resolve } from "node:path";
import * as ts from "typescript";

const REPOSITORY = resolve(__dirname, "../..");

test("wrong programs do not compile, and right ones do", () => {
  const { config } = ts.readConfigFile(join(REPOSITORY, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, REPOSITORY);
  const program = ts.createProgram([join(__dirname, "client-args.types.ts")], { ...options, noEmit: true });
  const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, start, file }) => {
    const line =
      file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  expect(problems).toEqual([]);
}, 60_000);
