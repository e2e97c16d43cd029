// Copies the only thing of GOV.UK Frontend that is served besides its compiled styles: its scripts.
// Its crown, its pictures and its typeface are not ours to use, so they stay in node_modules.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = join("node_modules", "govuk-frontend");
const SERVED = join("build", "static");

const { version, license } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
const script = readFileSync(join(PACKAGE, "dist", "govuk", "govuk-frontend.min.js"), "utf8");
const notice = `/*! GOV.UK Frontend ${version}, Crown copyright (Government Digital Service), ${license} licence */\n`;

mkdirSync(SERVED, { recursive: true });
writeFileSync(join(SERVED, "govuk-frontend.min.js"), notice + script.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
