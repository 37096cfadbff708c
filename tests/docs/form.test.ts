import { committedFiles, textOf } from "../repository";

const MOST_WORDS = 30;
const pages = committedFiles().filter((file) => /^docs\/(?:guides|reference)\/.*\.md$/.test(file));

test.each(pages)("%s has no table cell that is too long to be read", (page) => {
  const cells = textOf(page)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => line.split(/(?<!\\)\|/));
  expect(cells.filter((cell) => cell.trim().split(/\s+/).length > MOST_WORDS)).toEqual([]);
});
