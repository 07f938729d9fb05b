/** A file that the bundler copies; its address. */
declare module "*?url" {
  const url: string;
  export default url;
}
