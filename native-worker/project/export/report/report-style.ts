/** The report's own style sheet: it is opened from a disk, years later, without anything beside it. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1c2127; --soft: #5b6570; --line: #d8dde2; --page: #fff; --real: #4a6b8a; --synthetic: #c98a2b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --soft: #9aa4ae; --line: #39414a; --page: #16191d; --real: #7ea3c6; --synthetic: #e0a94f; }
}
body { max-width: 60rem; margin: 2.5rem auto; padding: 0 1.5rem; background: var(--page); color: var(--ink);
  font: 14px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2.2rem 0 .6rem; } h3 { font-size: .95rem; margin: 1.2rem 0 .4rem; }
[lang=zh-CN] { color: var(--soft); font-weight: 400; }
p.facts { color: var(--soft); margin: .3rem 0 0; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; vertical-align: bottom; } th [lang=zh-CN] { display: block; }
th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); } .n { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: var(--ink); } svg .number { fill: var(--soft); }
.real { fill: var(--real); } .synthetic { fill: var(--synthetic); } .target { stroke: var(--ink); stroke-dasharray: 3 3; }
.hash { font-family: ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere; }
.key span { margin-right: 1.2rem; } .key i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; vertical-align: -.05em; }
.row { display: flex; gap: 4px; align-items: center; margin-bottom: 4px; } .row img { width: 64px; height: 64px; object-fit: contain; }
.tag { width: 8.5rem; color: var(--soft); } @media print { body { margin: 0; } section.class { break-inside: avoid; } }
`
