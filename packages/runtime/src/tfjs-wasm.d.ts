/** The one build of the backend whose imports plain ES module loaders resolve. */
declare module "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.fesm.js" {
  export {
    getThreadsCount,
    setThreadsCount,
    setWasmPaths,
    version_wasm,
  } from "@tensorflow/tfjs-backend-wasm";
}
