/** Black on white: the report is printed, copied and filed. Nothing is told by colour. */
export const printStyle = `
@page { size: A4; }
* { box-sizing: border-box; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; background: #fff; color: #111;
  font: 13px/1.5 system-ui, "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
:lang(zh-CN) { line-break: strict; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid #111; }
h3 { font-size: 1rem; margin: 1.3rem 0 .3rem; } h4 { font-size: .95rem; margin: .8rem 0 0; }
h2, h3, h4, h2 + p, h3 + p, h4 + p, figcaption, caption { break-after: avoid; }
p { margin: .35rem 0; max-width: 52rem; }
.verdict { margin-top: 1.4rem; padding: .8rem 1rem; border: 2px solid #111; break-inside: avoid; }
.verdict h2 { margin: 0 0 .4rem; border: 0; padding: 0; font-size: .95rem; font-weight: 400; }
.sentence { font-size: 1.25rem; font-weight: 600; line-height: 1.4; }
.warning { padding-left: .7rem; border-left: 4px solid #111; font-weight: 600; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; font-size: .92em; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #bbb; text-align: left; vertical-align: top; overflow-wrap: break-word; }
bdi { overflow-wrap: anywhere; } th > bdi, td > bdi:only-child { display: inline-block; min-width: 4.5em; }
.whole { white-space: nowrap; } :lang(zh-CN) thead th { word-break: keep-all; }
thead th { border-bottom-color: #111; vertical-align: bottom; } tbody th { font-weight: 400; }
.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
.facts th { width: 15rem; } .confusion caption { padding: .3rem 0; text-align: left; font-weight: 600; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2rem; } .confusion { break-inside: avoid; }
.shade-1 { background: #f4f4f4; } .shade-2 { background: #e8e8e8; } .shade-3 { background: #dcdcdc; } .shade-4 { background: #d0d0d0; }
.right { font-weight: 700; }
.hash { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .88em; overflow-wrap: anywhere; }
svg line, svg polyline { stroke: #111; stroke-width: 1.3; fill: none; } svg text { font-size: 11px; fill: #111; }
svg .zero { stroke-dasharray: 1.5 3; } svg .bold { stroke-width: 3; } svg .grid { stroke: #bbb; stroke-width: .7; }
svg .curve { stroke-width: 1.6; } svg .first { stroke-dasharray: 6 4; }
svg .filled { fill: #111; } svg .open { fill: #fff; stroke: #111; stroke-width: 1.4; } svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
.lane { display: block; } .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: .5rem 1.5rem; }
figure { margin: .4rem 0; break-inside: avoid; } figcaption { font-weight: 600; } .chart { width: 100%; max-width: 26rem; height: auto; }
.strip ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: .6rem; margin: .3rem 0; padding: 0; list-style: none; }
.strip li { break-inside: avoid; } .strip small { display: block; line-height: 1.3; }
.shots { display: flex; gap: 3px; } .shots > * { width: 88px; height: 88px; border: 1px solid #777; object-fit: contain; image-rendering: auto; }
.missing { display: flex; align-items: center; justify-content: center; padding: 4px; font-size: 11px; text-align: center; }
.plain { margin: .3rem 0; padding-left: 1.2rem; max-width: 52rem; } .plain li { margin: .2rem 0; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; } section { break-inside: auto; }
  table { font-size: 8.2pt; } p { orphans: 3; widows: 3; } .pair { grid-template-columns: 1fr 1fr; } .charts { grid-template-columns: 1fr 1fr; } }
`
