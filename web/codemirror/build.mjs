// Makes the editor of editor.js and CodeMirror: `npm ci && npm run build` in this folder, with Node 20 or later.

import { createHash } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  write: false,
});
const made = outputFiles[0].contents;
const digest = createHash("sha256").update(made).digest("hex");
for (const name of readdirSync(".")) if (/^editor-.*\.min\.js$/.test(name)) rmSync(name);
writeFileSync(`editor-${digest.slice(0, 8)}.min.js`, made);
console.log(`${made.length} bytes, ${gzipSync(made).length} compressed; SHA-256 ${digest}`);
