"""How the report's page looks: light and dark on a screen, black on white on A4."""

CSS = """
:root { --ink: #1f2328; --grey: #5c636b; --paper: #ffffff; --track: #dfe4e8; --line: #d0d5da; --junior: #0072b2;
  --senior: #b84f00; --held: #00795a; --soft: #f5f7f9; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e9edf1; --grey: #aab3bc; --paper: #15191d;
  --track: #2c333a; --line: #3b444d; --junior: #56b4e9; --senior: #f0a05a; --held: #3cc79b; --soft: #1d2328; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 50rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 2.1rem; line-height: 1.15; margin: 0 0 .4rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.2rem 0 .6rem; }
p { margin: .4rem 0; }
.over { color: var(--grey); margin: 0; }
.lead { font-size: 1.15rem; }
.small, .none { color: var(--grey); font-size: .9rem; }
ul { padding-left: 1.2rem; margin: .5rem 0; }
li { margin: .25rem 0; }
.says { background: var(--soft); border-left: .3rem solid var(--junior); padding: .7rem 1rem .7rem 2rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--grey); font-weight: 600; font-size: .88rem; }
tbody th { font-weight: 500; }
.known caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h3 { font-size: 1.08rem; margin: 1.4rem 0 .3rem; }
.numbers td, .numbers thead th + th { text-align: right; }
.sides th:first-child { width: 34%; }
.sides th, .sides td { padding-right: 1rem; }
svg { display: block; }
.bar { width: 100%; height: .6rem; margin: .3rem 0 .2rem; }
.steps { width: 100%; height: 2.6rem; }
.key { display: inline-block; width: 1.3rem; height: .7rem; margin: 0 .4rem 0 .1rem; }
* + .key { margin-left: .8rem; }
.patterns { position: absolute; width: 0; height: 0; }
.track { fill: var(--track); }
.juniors { fill: var(--junior); }
rect.seniors { fill: url(#seniors); stroke: var(--senior); stroke-width: 1.5; }
.held { fill: var(--held); }
rect.rest { fill: url(#rest); stroke: var(--held); stroke-width: 1.5; }
.hatch { stroke: var(--senior); stroke-width: 2.4; }
.rest .hatch { stroke: var(--held); }
.numbers .bar { min-width: 6rem; }
.numbers thead th:nth-child(2) { text-align: left; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .6rem; }
@media (max-width: 32rem) {
  body { padding: 1.2rem .9rem 2rem; }
  h1 { font-size: 1.7rem; }
  .sides th:first-child { width: 30%; }
  .numbers th:nth-child(2), .numbers td:nth-child(2) { display: none; }
}
@page { size: A4; margin: 12mm 15mm; }
@media print {
  :root { --ink: #000000; --grey: #444444; --soft: #ffffff; --line: #999999; }
  html { font-size: 10pt; }
  body { padding: 0; max-width: none; line-height: 1.3; }
  h1 { font-size: 18pt; margin-bottom: .2rem; }
  h2 { font-size: 12pt; margin: 0 0 .2rem; break-after: avoid; }
  p, ul { margin: .2rem 0; }
  li { margin: .1rem 0; }
  section { margin-top: 5mm; }
  header + main section:first-child { margin-top: 3mm; }
  section.page { break-before: page; margin-top: 0; }
  .small, .none { font-size: .86rem; }
  .says { padding: .2rem .6rem .2rem 1.6rem; }
  .wide { margin: .4rem 0; }
  table { font-size: .92rem; }
  th, td { padding: .2rem .6rem .2rem 0; }
  .sides table { font-size: .84rem; table-layout: fixed; }
  .sides th:first-child { width: 27%; }
  .small:has(+ .wide) { break-after: avoid; }
  .bar { height: .5rem; margin: .15rem 0 .1rem; }
  .steps { height: 1.7rem; }
  table, tr, li, .says { break-inside: avoid; }
  .long table { break-inside: auto; }
  thead { display: table-header-group; }
  .last { break-inside: avoid; }
  footer { margin-top: 4mm; }
  .wide { overflow: visible; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
