// Starts elevation-calls.mts. What stands here is JavaScript as well, so that a Node.js without types can read it and say so.
if (process.features.typescript) void import("./elevation-calls.mts");
else {
  console.error(`caller.ts needs Node.js 22.19 or newer, which runs TypeScript: this is ${process.version}.`);
  process.exitCode = 1;
}
