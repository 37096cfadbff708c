import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "coverage/",
      "api-reference/",
      "plugin-archives/",
      ".thinkgeo/",
      "**/node_modules/",
      "**/*.mjs",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "no-console": "error",
    },
  },
  { files: ["tests/**", "cli/**", "examples/**"], rules: { "no-console": "off" } },
);
