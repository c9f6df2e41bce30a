// node run.mjs PROGRAM.wasm [ARGUMENT...]: runs a WASI program; its exit status becomes that of node. It sees the
// environment, the folder that it is started in, and that which MICA_DATA names.
import { readFileSync, realpathSync } from "node:fs";
import { WASI } from "node:wasi";

const [program, ...words] = process.argv.slice(2);
const data = process.env.MICA_DATA;
const wasi = new WASI({
  version: "preview1",
  args: [program, ...words],
  env: process.env,
  preopens: { ".": ".", ...(data && { [data]: realpathSync(data) }) },
  returnOnExit: true,
});
const { instance } = await WebAssembly.instantiate(readFileSync(program), wasi.getImportObject());
process.exitCode = wasi.start(instance);
