"""How the report looks, on a screen and on paper."""

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.2rem; max-width: 62rem;
  color: #1d1d1f; background: #fff; }
input[name=language] { margin: 0 .3rem 0 0; }
label { margin-right: 1rem; font-size: .9rem; }
#vi:checked ~ main [lang=en], #en:checked ~ main [lang=vi] { display: none; }
h1 { font-size: 1.5rem; margin: 1rem 0 .2rem; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
.file { margin: 0; overflow-wrap: anywhere; } small { color: #57606a; }
.outcome { border-left: .4rem solid; padding: .5rem .8rem; font-weight: 600; background: #f6f8fa; }
.consistent { border-color: #1a7f37; } .contradicted.outcome { border-color: #b42318; }
.cannot-tell { border-color: #8a6100; }
.note { color: #444; font-size: .95rem; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid #d0d7de; padding: .45rem .6rem .45rem 0; vertical-align: top; }
td:first-child { width: 9.5rem; } .crops { width: 21rem; text-align: right; }
.crops img { margin: 0 0 .2rem .4rem; }
img { max-width: 20rem; max-height: 9rem; border: 1px solid #d0d7de; background: #fff; }
.chip { display: inline-block; border: 1px solid; border-radius: .3rem; padding: 0 .45rem;
  font-size: .88rem; white-space: nowrap; }
.seen { color: #116329; } .inferred { color: #0a5ca8; } .missing { color: #6e4c00; }
.chip.contradicted { color: #fff; background: #b42318; border-color: #b42318; }
.cards { display: flex; flex-wrap: wrap; gap: .8rem; }
.card { border: 1px solid #d0d7de; border-radius: .4rem; padding: .7rem; width: 17rem;
  break-inside: avoid; box-sizing: border-box; }
.card.wide { width: 100%; } .card.failed { border: 2px solid #b42318; }
.card img { display: block; margin: 0 auto .5rem; max-width: 100%; max-height: 12rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; margin: 0;
  font-size: .92rem; }
dt { color: #57606a; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
@media (max-width: 40rem) {
  td { display: block; width: auto !important; border: 0; padding: .1rem 0; }
  tr { display: block; border-top: 1px solid #d0d7de; padding: .4rem 0; }
  .crops { text-align: left; } .crops img { margin: 0 .4rem .2rem 0; } img { max-width: 100%; } }
@media print { input, label[for] { display: none; } body { max-width: none; padding: 0;
  font-size: 11pt; } tr { break-inside: avoid; } }
"""
