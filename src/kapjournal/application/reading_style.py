"""The style sheet of the reading copy: light, dark and on paper, in the colours of Day and Dusk."""

STYLE = """
:root { color-scheme: light dark; --window: #f2ede4; --surface: #fbf8f3; --line: #ddd4c6; --text: #2b2621;
  --quiet: #4d463c; --accent: #22503f; --private: #6a2e63; --quote: #1d4a63; --offer: #3c4f1b; --dose: #7c3407;
  --vitals: #12504b; --safety: #8a1a1a; --safety-quiet: #f9e7e2; --theme-bg: #e7ebdc; --theme: #36461a;
  --part-bg: #e0e7ee; --part: #1d4560; }
@media (prefers-color-scheme: dark) { :root { --window: #191a1b; --surface: #202122; --line: #36383a; --text: #e8e3da;
  --quiet: #c4beb3; --accent: #9ccbb7; --private: #ddb0da; --quote: #a5cbe0; --offer: #becd93; --dose: #f1b48e;
  --vitals: #93d2c6; --safety: #ffa79c; --safety-quiet: #3b2523; --theme-bg: #2d3324; --theme: #c6d3a0;
  --part-bg: #24323c; --part: #afd0e4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--window); color: var(--text);
  font: 16px/22px "Source Sans 3", system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px; }
h1, h2 { font-family: "Source Serif 4", Georgia, "Times New Roman", serif; font-weight: 600; }
h1 { font-size: 26px; line-height: 32px; margin: 0 0 12px; }
h2 { font-size: 26px; line-height: 32px; margin: 32px 0 12px; }
h3 { font-size: 17px; line-height: 22px; margin: 20px 0 8px; }
.warning { background: var(--safety-quiet); color: var(--safety); border-left: 3px solid var(--safety);
  border-radius: 4px; padding: 12px 16px; margin: 0 0 12px; }
.quiet { color: var(--quiet); font-size: 14px; line-height: 19px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 12px; }
dt { color: var(--quiet); } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.session { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 4px 20px 12px;
  margin: 20px 0; }
.stream { list-style: none; margin: 12px 0 0; padding: 0; }
.stream > li { display: grid; grid-template-columns: 52px 56px 128px 1fr max-content; gap: 4px 12px;
  padding: 8px 0 8px 9px;  border-top: 1px solid var(--line); border-left: 3px solid transparent; break-inside: avoid; }
.stream.undosed > li { grid-template-columns: 52px 128px 1fr max-content; }
.stream.between > li { grid-template-columns: 192px 128px 1fr max-content; }
.stream > li.private { border-left: 3px dashed var(--private); }
.stream > li.kind-safety { border-left: 3px solid var(--safety); }
time, .since, .flags { color: var(--quiet); font-size: 14px; font-variant-numeric: tabular-nums; }
.label { color: var(--quiet); font-size: 14px; }
.content { display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.details { font-size: 14px; overflow-wrap: anywhere; unicode-bidi: isolate; }
.flags { max-width: 180px; text-align: right; }
.private .flags { color: var(--private); }
.kind-quote .words, .kind-account .words { font-family: "Source Serif 4", Georgia, "Times New Roman", serif;
  color: var(--quote); }
.kind-self .label { color: var(--private); } .kind-part .label { color: var(--part); }
.kind-intervention .label, .kind-touch .label { color: var(--offer); } .kind-dose .label { color: var(--dose); }
.kind-vitals .label { color: var(--vitals); } .kind-safety .label { color: var(--safety); }
.gone > .content > s { color: var(--quiet); }
.amendment { border-left: 1px solid var(--line); padding-left: 12px; display: flex; flex-direction: column; }
.amendment .words { font-family: inherit; color: inherit; }
.chips { font-size: 14px; } .theme, .part { border-radius: 12px; padding: 1px 8px; }
.theme { background: var(--theme-bg); color: var(--theme); } .part { background: var(--part-bg); color: var(--part); }
a { color: var(--accent); font-size: 14px; }
@media (max-width: 760px) {
  .stream > li, .stream.undosed > li, .stream.between > li { grid-template-columns: 52px 56px 1fr; }
  .content, .flags { grid-column: 1 / -1; text-align: left; max-width: none; } }
@media print { body { background: none; } main { max-width: none; padding: 0; } .client { break-before: page; }
  .session { border: none; padding: 0; } h2, h3 { break-after: avoid; } }
"""
