import { extname } from "node:path";
import packageJson from "../../package.json";
import { committedFiles, textOf } from "../repository";
import { anchorsIn, leadsSomewhere, linksIn } from "./links";

const committed = committedFiles();
const pages = committed.filter((file) => extname(file) === ".md");
const isElsewhere = (link: string): boolean => /^(?:https?|mailto):/.test(link);

test.each(pages)("%s has no link that leads nowhere", (page) => {
  const links = linksIn(textOf(page)).filter((link) => !isElsewhere(link));
  expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test("README leads only to what the package carries", () => {
  const carried = packageJson.files.filter((file) => !/[!{*]/.test(file));
  const links = linksIn(textOf("README.md")).filter((link) => !isElsewhere(link));
  const lost = links.filter((link) => !carried.some((file) => link === file || link.startsWith(`${file}/`)));
  expect(links.length).toBeGreaterThan(10);
  expect(lost).toEqual([]);
});

// A message, a help text or a comment that names a page sends somebody there.
test("no source names a page that is not there", () => {
  const sources = committed.filter((file) =>
    /^(?:cli|emulator|examples|provider|scripts|sdk|templates)\/.*\.(?:[cm]?[jt]s|json|ya?ml)$/.test(file),
  );
  const named = sources.flatMap((file) =>
    [...textOf(file).matchAll(/\b(?:docs|contributing)\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(([page]) => ({
      file,
      page,
    })),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ page }) => !leadsSomewhere("README.md", page))).toEqual([]);
});

const PAGE = `
# A \`page\` of [links](a.md "A title"), twice

![Picture](pictures/a.png) and <img src="b.png" alt="">, <a href="c.md#d">c</a>, [d]
[e](<e.md>) \`[code](none.md)\`

## Again
## Again

\`\`\`sh
# No heading [code](none.md)
\`\`\`

[d]: d.md
`;

test("links are found in every form but in code, and anchors are those of the headings", () => {
  expect(linksIn(PAGE).sort()).toEqual(["a.md", "b.png", "c.md#d", "d.md", "e.md", "pictures/a.png"]);
  expect(anchorsIn(PAGE)).toEqual(["a-page-of-links-twice", "again", "again-1"]);
});

test("a link is broken by its file, its heading, or a folder above the repository", () => {
  for (const [link, isFound] of [
    ["README.md#read-on", true],
    ["#read-on", true],
    ["docs", true],
    ["docs#read-on", false],
    ["readme.md.txt", false],
    ["#read-off", false],
    ["../README.md", false],
  ] as const)
    expect([link, leadsSomewhere("README.md", link)]).toEqual([link, isFound]);
});
