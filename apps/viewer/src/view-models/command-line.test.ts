import { expect, test } from "vitest";
import { commandLine } from "./command-line.ts";

test("commandLine() names the preset and what differs, quoted for a shell", () => {
  expect(commandLine({ preset: "quick", settings: [], name: "", tags: [] })).toBe(
    "npm run gambeson -- submit quick",
  );
  const settings = [
    { path: "pretraining.epochs", value: 3 },
    { path: "seeds", value: [1, 2] },
    { path: "title", value: "It's $HOME" },
    { path: "dataset.train", value: null },
  ];
  expect(commandLine({ preset: "report", settings, name: "`id`", tags: ["a", "two words"] })).toBe(
    `npm run gambeson -- submit report --set pretraining.epochs=3 --set 'seeds=[1,2]' --set 'title=It'\\''s $HOME' --set dataset.train=null --name '\`id\`' --tag a --tag 'two words'`,
  );
});
