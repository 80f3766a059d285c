//! How the page looks on a screen, in the dark and on paper.

pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#fff;--text:#16181d;--soft:#4b5261;--faint:#636b7b;--line:#d9dce3;--tone:#1d6f42;--tint:#eef6f1}
@media(prefers-color-scheme:dark){:root{--ground:#15171b;--text:#e9ebf0;--soft:#b4bac6;--faint:#959dac;--line:#363b45;--tone:#5fc48d;--tint:#1a2620}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:776px;margin:0 auto;padding:32px 20px 64px}
h1{margin:0;font-size:30px;line-height:1.2}
h2{margin:36px 0 10px;font-size:20px;line-height:1.3}
h3{margin:0;font-size:16px}
p,dd,figure,dl,ul{margin:0}
h1,h3,p,td,dt,dd,li{overflow-wrap:anywhere;unicode-bidi:isolate}
.by{margin-top:4px}
.soft{color:var(--soft)}
.faint,figcaption,.proof,.hash{color:var(--faint);font-size:14px}
.hash,code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
.verdict{margin:20px 0;padding:14px 16px;border-left:3px solid var(--tone);border-radius:4px;background:var(--tint)}
.doubt{--tone:#8a5a00;--tint:#fbf3e2}
.bad{--tone:#b3261e;--tint:#fcefee}
@media(prefers-color-scheme:dark){.doubt{--tone:#e0b252;--tint:#2a2317}.bad{--tone:#f08b84;--tint:#2d1d1c}}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));border:solid var(--line);border-width:1px 0}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:10px 10px 10px 0}
.figures dt{color:var(--soft);font-size:14px}
.figures dd{font-size:22px;font-weight:600;line-height:1.25}
.proof{margin-top:12px}
.overview{margin-top:28px}
.pinned{position:relative}
.pinned img,.pinned svg{display:block;width:100%;height:auto}
.pinned svg{position:absolute;inset:0;height:100%}
svg rect{fill:none}
svg .edge,svg text{stroke:#0b0c0f}
svg .line{stroke:#ffd24a}
svg text{fill:#ffd24a;paint-order:stroke;font-family:system-ui,sans-serif;font-weight:700}
figcaption{margin-top:6px}
article{padding:16px 0;border-top:1px solid var(--line);break-inside:avoid}
article>*+*{margin-top:6px}
.number{display:inline-block;min-width:26px;padding:0 7px;border-radius:13px;background:var(--text);color:var(--ground);text-align:center}
.said,blockquote{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
blockquote{margin:6px 0 0;padding-left:12px;border-left:2px solid var(--line);color:var(--soft)}
.crops{display:grid;grid-template-columns:repeat(2,minmax(0,300px));gap:12px}
.crops img{display:block;width:100%;height:auto;border:1px solid var(--line);image-rendering:auto}
@media(max-width:480px){.crops{gap:6px}h1{font-size:25px}}
table{width:100%;border-collapse:collapse;margin-top:10px}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
th{font-weight:600}
ul{padding-left:20px}
li+li,section p+p{margin-top:8px}
.sources dt{margin-top:14px;font-weight:600}
section,figure{break-inside:auto}
ul{break-inside:avoid}
.sources dd{break-before:avoid}
h2,h3{break-after:avoid}
figure,tr,.verdict,.figures{break-inside:avoid}
@page{margin:18mm 16mm}
@media print{:root{--ground:#fff;--text:#000;--soft:#333;--faint:#444;--line:#bbb;--tone:#1d6f42;--tint:#fff}
.doubt{--tone:#8a5a00;--tint:#fff}.bad{--tone:#b3261e;--tint:#fff}
body{font-size:10.5pt}main{max-width:none;padding:0}.verdict{border:1px solid var(--line);border-left:3px solid var(--tone)}
.overview{break-inside:avoid}.crops{grid-template-columns:repeat(2,58mm)}.crops img{width:auto;max-width:100%;max-height:48mm}.number{border:1px solid #000;background:#fff;color:#000}}
";
