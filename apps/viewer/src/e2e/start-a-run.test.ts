import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { describeInABrowser } from "../testing/describe-in-a-browser.ts";
import { tinyFiles, uploadTinyImages } from "../testing/tiny-run.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

const FILE_LABELS = {
  "train-images": "Training images",
  "train-labels": "Training labels",
  "test-images": "Test images",
  "test-labels": "Test labels",
} as const;

describeInABrowser("starting a run", (here) => {
  beforeAll(async () => {
    await uploadTinyImages(here.service.client);
  });

  test("leads from an empty list through the form to what came out", async () => {
    const { page, close } = await here.open("/");
    await page.getByText("No runs yet.").waitFor();
    await page.getByRole("link", { name: "Start a quick one" }).click();
    await page.getByRole("heading", { level: 1, name: "Start a run" }).waitFor();
    await fillTiny(page);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("The first one");
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.getByRole("heading", { level: 1, name: "The first one" }).waitFor();
    await page.getByRole("table", { name: /Accuracy and robustness/ }).waitFor();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Runs" }).click();
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "The first one" }) });
    await row.getByText("finished", { exact: true }).waitFor();
    expect(await row.getByRole("listitem").count()).toBe(5);
    await close();
  });

  test("the form says what is wrong beside the field, and sends nothing then", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/api/v1/runs")) sent.push(request.url());
    });
    const hidden = page.getByRole("textbox", { name: "Hidden layers" });
    const start = page.getByRole("button", { name: "Start the run" });
    await page.getByText(/^Takes about /).waitFor();
    expect(await hidden.getAttribute("aria-invalid")).toBeNull();

    await hidden.fill("16, none");
    await expect.poll(() => hidden.getAttribute("aria-invalid")).toBe("true");
    expect(await describedBy(page, "Hidden layers")).toMatch(/^Entry 2: a whole number from 1/);
    await page.getByRole("button", { name: "Hidden layers", exact: true }).click();
    expect(await hidden.evaluate((field) => field.matches(":focus"))).toBe(true);
    await hidden.press("Enter");
    await start.click({ force: true });

    await hidden.fill("16, 20000");
    await expect.poll(() => describedBy(page, "Hidden layers")).toMatch(/10,?000/);
    expect(sent).toEqual([]);

    await hidden.fill("16");
    await expect.poll(() => hidden.getAttribute("aria-invalid")).toBeNull();
    await expect.poll(() => start.isEnabled()).toBe(true);
    await close();
  });

  test("the address keeps the form: a reload shows exactly the same", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    await page.getByRole("textbox", { name: "Hidden layers" }).fill("16, 8");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("A name & more");
    await page.getByRole("button", { name: "Take away Fine-tuned" }).click();
    await page.getByRole("button", { name: "Add Vanilla" }).click();
    await page.getByText(/^Takes about /).waitFor();
    const before = await page.locator("main").ariaSnapshot();
    await page.reload();
    await expect.poll(() => page.locator("main").ariaSnapshot()).toBe(before);
    await close();
  });

  test("a reload that comes right after a keystroke loses nothing, nor does leaving for another site", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await name.fill("Typed");
    await page.reload();
    expect(await name.inputValue()).toBe("Typed");

    // The address catches up while the server takes its time.
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/new?*", async (route) => {
      await released;
      await route.continue();
    });
    await name.fill("Slowly");
    const reloading = page.reload();
    await page.waitForURL(/Slowly/, { waitUntil: "commit" });
    release();
    await reloading;
    expect(await name.inputValue()).toBe("Slowly");
    await page.unrouteAll();

    await name.fill("Typed again");
    await page.goto("about:blank");
    await page.goBack();
    expect(await name.inputValue()).toBe("Typed again");
    // Who asks for the preset itself gets it as it is.
    await page.goto(`${here.service.address}/new?preset=quick`);
    expect(await name.inputValue()).toBe("");
    await close();
  });

  test("the command line beside the form starts the same run", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    await fillTiny(page);
    await page.getByRole("textbox", { name: "Seeds" }).fill("5");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("As in the form's, or not");
    await page.getByRole("textbox", { name: "Tags", exact: true }).fill("two words, one");
    await page.getByText(/^Takes about .*: \d+ tasks, 120 training and 40 test images/).waitFor();
    const command = await page.locator("code").innerText();
    expect(command).toMatch(/^npm run gambeson -- submit quick /);
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.waitForURL(/\/runs\/r[0-9a-z]{19}$/);
    const id = page.url().slice(-20);

    const line = `${command.replace("npm run gambeson --", "node scripts/gambeson.mjs")} --fresh --json --server ${here.service.address}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", line], { cwd: ROOT });
    const other = /r[0-9a-z]{19}/.exec(stdout)?.[0] ?? "";
    expect(other).not.toBe(id);
    const [byForm, byCommand] = await Promise.all(
      [id, other].map((run) => here.service.client.runs.get(run)),
    );
    expect(byCommand!.config).toEqual(byForm!.config);
    expect(byCommand!.name).toBe(byForm!.name);
    expect(byCommand!.tags).toEqual(byForm!.tags);
    await close();
  });

  test("an equal run is named, and can be run again anyway", async () => {
    const { page, close } = await here.open("/new?preset=quick");
    await fillTiny(page);
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.getByText("This has been run already").waitFor();
    await page.getByRole("button", { name: "Run it again anyway" }).click();
    await page.waitForURL(/\/runs\/r[0-9a-z]{19}$/);
    await page.goBack();
    await page.getByRole("heading", { name: "Start a run" }).waitFor();
    expect(await page.getByRole("textbox", { name: "Hidden layers" }).inputValue()).toBe("16");
    await close();
  });

  test("images of one's own become a data set here", async () => {
    const { page, close } = await here.open("/new");
    await page.getByText("Use images of your own").click();
    await page.getByRole("textbox", { name: "Title" }).last().fill("Mine <b>");
    const files = tinyFiles();
    for (const [part, label] of Object.entries(FILE_LABELS)) {
      const bytes = files[part as keyof typeof FILE_LABELS] as Uint8Array;
      const file = { name: part, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
      await page.getByLabel(label).and(page.locator("input[type=file]")).setInputFiles(file);
    }
    await page.getByRole("button", { name: "Upload and choose it" }).click();
    await page.getByText("Uploaded and chosen: 120 training and 40 test images.").waitFor();
    expect(
      await page.getByRole("combobox", { name: "Data set" }).locator("option:checked").innerText(),
    ).toContain("Mine <b>");
    await close();
  });

  test("files that are no images are refused in words", async () => {
    const { page, close } = await here.open("/new", { mayGoWrong: [/422|400|Failed to load/] });
    await page.getByText("Use images of your own").click();
    await page.getByRole("textbox", { name: "Title" }).last().fill("Wrong");
    for (const label of Object.values(FILE_LABELS)) {
      const file = { name: "x", mimeType: "application/octet-stream", buffer: Buffer.from("no images") };
      await page.getByLabel(label).and(page.locator("input[type=file]")).setInputFiles(file);
    }
    await page.getByRole("button", { name: "Upload and choose it" }).click();
    await page
      .getByRole("alert")
      .filter({ hasText: /Cannot .* must/ })
      .waitFor();
    await close();
  });
});

/** Fills the form such that the run takes a second. */
async function fillTiny(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Data set" }).selectOption({ label: "Tiny" });
  await page.getByRole("textbox", { name: "Training images" }).fill("");
  await page.getByRole("textbox", { name: "Test images" }).fill("");
  await page.getByRole("textbox", { name: "Hidden layers" }).fill("16");
  await page.getByText(/ 120 training and 40 test images/).waitFor();
}

/** What is said of a field besides its name. */
function describedBy(page: Page, name: string): Promise<string> {
  return page.getByRole("textbox", { name }).evaluate((field) => {
    const root = field.getRootNode() as ShadowRoot;
    const ids = field.getAttribute("aria-describedby")?.split(" ") ?? [];
    return ids.map((id) => root.getElementById(id)?.textContent ?? "").join(" ");
  });
}
