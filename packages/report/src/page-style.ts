import { DARK_THEME, LIGHT_THEME, themeVariables } from "./theme.ts";

const LIGHT = `${themeVariables(LIGHT_THEME)};--page:#f6f7f9;--warn-ink:#5c1a00;--warn-paper:#ffe9d6;--warn-edge:#d55e00;--heat:0,114,178;--shade:rgba(0,0,0,.28)`;
const DARK = `${themeVariables(DARK_THEME)};--page:#0e1013;--warn-ink:#ffd9bd;--warn-paper:#3a1d08;--warn-edge:#f0883e;--heat:86,180,233;--shade:rgba(255,255,255,.3)`;

/** Paper with a shadow at each side where there is more to scroll to: covers that move with the content hide shadows that stand. */
const SCROLL_SHADOWS = [
  "linear-gradient(to right,var(--paper) 40%,transparent) left/44px 100% no-repeat local",
  "linear-gradient(to left,var(--paper) 40%,transparent) right/44px 100% no-repeat local",
  "linear-gradient(to right,var(--shade),transparent) left/16px 100% no-repeat scroll",
  "linear-gradient(to left,var(--shade),transparent) right/16px 100% no-repeat scroll",
  "var(--paper)",
].join(",");

/** The page's style sheet. Free of <, > and &, so that it stands in XML as it is. */
export const PAGE_STYLE = `
:root{${LIGHT};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,header,footer{max-width:960px;margin:0 auto;padding:0 20px}
header{padding-top:40px}
h1{font-size:clamp(1.6rem,4.5vw,2.3rem);line-height:1.2;margin:0 0 .3em;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.3;margin:2.6em 0 .5em;letter-spacing:-.01em}
h3{font-size:1rem;margin:1.6em 0 .4em}
p,ul,dl{margin:.6em 0;max-width:72ch}
.lead{font-size:1.15rem;line-height:1.5;max-width:62ch}
.facts{max-width:none;color:var(--muted);margin:0 0 1.2em;overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:.2em 1.1em;margin:1.2em 0;padding:.6em 0;border-block:1px solid var(--grid);font-size:.92rem}
a{color:var(--series-1)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--series-1);outline-offset:2px}
.warning{margin:0 0 1.6em;padding:1em 1.2em;border:3px solid var(--warn-edge);border-radius:8px;background:var(--warn-paper);color:var(--warn-ink);font-size:1.08rem;font-weight:600;overflow-wrap:anywhere}
.warning strong{display:block;font-size:1.3rem;text-transform:uppercase;letter-spacing:.04em}
figure{margin:1.2em 0 2em}
figure svg{display:block;width:100%;height:auto;border-radius:8px}
.frame{background:var(--paper);border:1px solid var(--grid);border-radius:10px;padding:12px}
.narrow{display:none}
figcaption,caption,.note{color:var(--muted);font-size:.92rem;line-height:1.5}
figcaption{margin-top:.7em;max-width:78ch}
figcaption b,caption b{color:var(--ink)}
.scroll{overflow-x:auto;background:${SCROLL_SHADOWS};border:1px solid var(--grid);border-radius:10px;padding:4px 14px 8px;margin:1em 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.95rem}
caption{text-align:left;padding:.6em 0}
caption .still{display:inline-block;position:sticky;left:0;max-width:min(72ch,calc(100vw - 52px))}
th,td{padding:.42em .8em;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
tbody th{font-weight:600;white-space:normal;min-width:9em;overflow-wrap:anywhere}
thead th{white-space:normal;max-width:12em;overflow-wrap:break-word;border-bottom:2px solid var(--ink);vertical-align:bottom;font-weight:600}
tbody tr+tr th,tbody tr+tr td{border-top:1px solid var(--grid)}
tbody tr.published th,tbody tr.published td{border-top:0;padding-top:0;color:var(--muted);font-size:.9em;font-weight:400}
sub{line-height:0}
.swatch{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.5em}
.deviation{color:var(--muted);font-size:.88em}
.results thead th{white-space:nowrap}
.matrix{width:auto;font-size:.82rem}
.matrix th,.matrix td{padding:.22em .5em;border:0;min-width:2.6em}
.matrix tbody th{font-weight:400;min-width:7em;white-space:nowrap}
.matrix thead th{border:0;font-weight:400;color:var(--muted)}
.matrix tbody tr+tr th,.matrix tbody tr+tr td{border:0}
.matrix .right{font-weight:700}
details{margin:.8em 0;border-top:1px solid var(--grid);padding-top:.6em}
summary{cursor:pointer;font-weight:600}
pre{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px 14px;overflow-x:auto;font-size:.88rem;white-space:pre-wrap;overflow-wrap:anywhere}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
dl.methods{display:grid;grid-template-columns:minmax(9em,auto) 1fr;gap:.35em 1.2em;max-width:none;background:var(--paper);border:1px solid var(--grid);border-radius:10px;padding:16px;font-size:.93rem}
.methods dt{font-weight:600}
.methods dd{margin:0;overflow-wrap:anywhere}
.methods code{font-size:.8em}
footer{color:var(--muted);font-size:.88rem;padding-block:2.5em}
@media (max-width:640px){
main,header,footer{padding-inline:14px}
header{padding-top:22px}
.wide{display:none}
.narrow{display:block}
.frame{padding:4px}
.scroll{padding-inline:10px}
th,td{padding-inline:.55em}
tbody th,thead th:first-child{position:sticky;left:0;background:var(--paper);max-width:9.5em}
.results{font-size:.8rem}
.results th,.results td{padding-inline:.25em}
.results thead th{white-space:normal}
.results tbody th{min-width:6em}
.results td .deviation{display:block}
dl.methods{grid-template-columns:1fr;gap:0}
.methods dd{margin-bottom:.6em}
}
@media print{
body{background:none;font-size:10.5pt}
nav{display:none}
main,header,footer{max-width:none;padding:0}
.wide{display:block}
.narrow{display:none}
figure,tr,.warning,.matrix{break-inside:avoid}
h2,h3{break-after:avoid}
.scroll{overflow:visible;background:none;border:0;padding:0}
table{font-size:8.5pt}
figure svg{max-height:23cm}
details::details-content{content-visibility:visible;block-size:auto}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
