export { readCrafted } from "./crafted-file.ts";
export { fgsImage, readFgsImages, writeFgsImages, type FgsImages } from "./fgs-file.ts";
export { readImageRows, writeImageRows, type ImageRows } from "./images-file.ts";
export { fromJsonBytes, toJsonBytes } from "./json-bytes.ts";
export { readTestImages, writeTestImages } from "./test-images-file.ts";
