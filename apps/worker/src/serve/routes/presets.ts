import { parseExperimentConfig, presetListSchema } from "@gambeson/contract";
import { PRESETS } from "@gambeson/experiment/presets";
import { Hono } from "hono";
import { documented, json } from "../route-docs.ts";

/** GET /presets. */
export function presetRoutes(): Hono {
  const presets = Object.entries(PRESETS).map(([name, { title, description, config }]) => ({
    name,
    title,
    description,
    config: parseExperimentConfig(config),
  }));
  return new Hono().get(
    "/presets",
    documented({
      summary: "The ready-made experiments",
      tag: "data",
      answers: { 200: json("PresetList", presetListSchema) },
    }),
    (c) => c.json({ presets }),
  );
}
