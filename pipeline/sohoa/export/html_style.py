"""How the reading page looks: on a screen, in the dark, on paper. No script, nothing loaded."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5c6066; --line: #d6d6d6;
  --paper: #fffdf8; --desk: #ece9e2; --mark: #9a1b1b; --doubt: #b25b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3dc; --soft: #a3a7ad; --line: #45474a;
  --paper: #1d1e20; --desk: #131415; --mark: #ff8a80; --doubt: #ffb74d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink);
  font: 1.06rem/1.62 "Times New Roman", "Noto Serif", "Liberation Serif", serif; }
main { max-width: 50rem; margin: 1.5rem auto; padding: 2.4rem 3rem; background: var(--paper);
  box-shadow: 0 1px 8px #0003; overflow-wrap: anywhere; }
.head { display: grid; grid-template-columns: 2fr 3fr; gap: 1.5rem; text-align: center; }
.head p { margin: 0; } .head .right { font-style: italic; } .issuer, .mark { font-weight: 700; }
.mark { color: var(--mark); border: 1.5px solid; display: inline-block; padding: 0 .5em;
  font-style: normal; margin-top: .3rem; }
h1 { text-align: center; font-size: 1.35rem; margin: 1.8rem 0 .2rem; text-transform: uppercase; }
.title { text-align: center; font-weight: 700; margin: 0 auto 1.4rem; max-width: 38rem; }
h2, h3, h4, h5, h6 { font-size: 1.08rem; margin: 1.3rem 0 .4rem; }
.part > .heading, .chapter > .heading { text-align: center; }
p { margin: .5rem 0; } section.paragraph > p.heading, section.subparagraph > p.heading,
section.point > p.heading { font-weight: 700; }
.centred { text-align: center; font-weight: 700; } .label { font-weight: 700; }
.indent > p > .label { font-weight: 400; }
section section.point, section section.indent, section section.subparagraph { margin-left: 1.4rem; }
cite { font-style: normal; text-decoration: underline dotted; text-underline-offset: .2em; }
.unsure { color: var(--doubt); }
.page { display: flex; align-items: center; gap: .8rem; color: var(--soft); font-size: .78rem;
  font-family: system-ui, sans-serif; margin: 1rem 0; }
.page::before, .page::after { content: ""; flex: 1; border-top: 1px dashed var(--line); }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .92rem; }
td, th { border: 1px solid var(--line); padding: .25rem .45rem; vertical-align: top;
  text-align: left; }
.closing { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin-top: 2rem; }
.recipients { font-size: .88rem; } .recipients ul { margin: 0; padding-left: 1.1rem; }
.signatures { text-align: center; font-weight: 700; display: flex; gap: 1.5rem;
  justify-content: space-around; } .signer { margin-top: 3rem; }
aside, .annex { border-top: 3px double var(--line); margin-top: 2.4rem; padding-top: 1rem; }
nav, .notes { font: .88rem/1.5 system-ui, sans-serif; border: 1px solid var(--line);
  border-radius: .4rem; padding: .5rem 1rem; margin: 1.2rem 0; }
nav ul { margin: .2rem 0; padding-left: 1.1rem; } a { color: inherit; }
summary { cursor: pointer; font-weight: 600; }
@media (max-width: 44rem) { main { padding: 1.2rem; margin: 0; }
  .head, .closing { grid-template-columns: 1fr; } .tasks { display: block; overflow-x: auto; } }
@media print { body { background: none; } main { box-shadow: none; margin: 0; max-width: none; }
  nav, .notes { display: none; } }
"""
