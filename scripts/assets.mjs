// Copies what the pages load out of node_modules into teyue/web/static/vendor.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const wanted = {
  "tabler/css/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
  "tabler/js/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
  "bootstrap-icons/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
  "bootstrap-icons/fonts": "bootstrap-icons/font/fonts",
  "echarts/echarts.common.min.js": "echarts/dist/echarts.common.min.js",
  "tom-select/css/tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
  "tom-select/js/tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
  "signature_pad/signature_pad.umd.min.js": "signature_pad/dist/signature_pad.umd.min.js",
  "html5-qrcode/html5-qrcode.min.js": "html5-qrcode/html5-qrcode.min.js",
};
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vendor = join(root, "teyue/web/static/vendor");
// The manifest storage stops at a source map that is named and not there.
const sourceMap = /\/\*#\s*sourceMappingURL=[^*]*\*\/|^\/\/#\s*sourceMappingURL=.*$/gm;

rmSync(vendor, { recursive: true, force: true });
for (const [name, source] of Object.entries(wanted)) {
  const target = join(vendor, name);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, "node_modules", source), target, { recursive: true });
  if (/\.(css|js)$/.test(name)) {
    writeFileSync(target, readFileSync(target, "utf8").replace(sourceMap, ""));
  }
}
