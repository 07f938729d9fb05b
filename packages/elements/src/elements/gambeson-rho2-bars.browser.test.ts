import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { handResult } from "../testing/hand-result.ts";
import {
  clashes,
  drawn,
  find,
  parseDrawing,
  pngSize,
  readingIn,
  savedFiles,
  show,
  violations,
} from "../testing/in-page.ts";
import { GambesonRho2Bars } from "./gambeson-rho2-bars.ts";

async function rho2Bars(width?: number): Promise<GambesonRho2Bars> {
  return show(Object.assign(new GambesonRho2Bars(), { result: handResult() }), width);
}

const LONG = `Hard <to> fool & "long to name", as names are that people give`;

test("arrow keys walk bars, bins and models, and read each out", async () => {
  const element = await rho2Bars();
  find(element, ".plot").focus();
  const press = async (key: string) => {
    await userEvent.keyboard(`{${key}}`);
    return readingIn(element);
  };
  expect(await press("ArrowRight")).toBe("Plain: ρ₂ 0.0500, published 0.0392; 100.0% of images fooled");
  expect(await press("ArrowRight")).toBe("Plain: |Δx| / |x| from 0 to 0.1, 75.0% of images");
  expect(await press("ArrowDown")).toBe(`${LONG}: |Δx| / |x| from 0 to 0.1, 25.0% of images`);
  expect(await press("End")).toBe(`${LONG}: 10.0% of images at 0.3 or more`);
  expect(await press("Home")).toBe(`${LONG}: ρ₂ 0.2500, published 0.0554; 100.0% of images fooled`);
});

test("a pointer reads what lies under it", async () => {
  const element = await rho2Bars();
  const plot = find(element, ".plot");
  const bar = find(element, ".plot rect").getBoundingClientRect();
  const at = { clientX: bar.left + 3, clientY: bar.top + 3, pointerType: "mouse" };
  plot.dispatchEvent(new PointerEvent("pointermove", at));
  await drawn(element);
  expect(readingIn(element)).toMatch(/^Plain: ρ₂ 0\.0500/);
  plot.dispatchEvent(new PointerEvent("pointermove", { ...at, clientY: bar.top - 3 }));
  await drawn(element);
  expect(readingIn(element)).toBe("Plain: |Δx| / |x| from 0 to 0.1, 75.0% of images");
});

test("is saved as a drawing that stands alone, as pixels, and as numbers", async () => {
  const [svg, png, csv] = await savedFiles(await rho2Bars());
  expect([svg!.name, png!.name, csv!.name]).toEqual(["rho2.svg", "rho2.png", "rho2.csv"]);
  const drawing = await parseDrawing(svg!);
  expect(drawing.textContent).toContain("0.2500");
  expect(drawing.textContent).toContain("published 0.0554");
  const size = ["width", "height"].map((name) => 2 * Number(drawing.getAttribute(name)));
  expect(await pngSize(png!)).toEqual(size);
  expect((await csv!.blob.text()).split("\r\n")[1]).toBe("vanilla,Plain,0.05,,0.0392,0,0.1,0.75");
});

test.each([320, 420, 760])("no word covers another in %i pixels", async (width) => {
  const element = await rho2Bars(width);
  expect(clashes(find<SVGSVGElement>(element, ".plot svg"))).toEqual([]);
  expect(element.scrollWidth).toBeLessThanOrEqual(width);
});

test.each(["light", "dark", "forced"] as const)("can be read by everybody in %s colours", async (colours) => {
  expect(await violations(await rho2Bars(360), colours)).toEqual([]);
});
