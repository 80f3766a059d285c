//! Hostile texts and addresses.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What would run, load or leave the page, if it were markup, a script, a style or an address. `TRAP` is a server that must never be asked.
const CORES: [&str; 50] = [
    "<script>alert(1)</script>",
    "<script src=TRAPs.js></script>",
    "<ScRiPt>alert`1`</sCrIpT>",
    "<img src=TRAPx.png>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style>",
    "<svg><use href='TRAPu.svg#a'/></svg>",
    "<svg><image href='TRAPi.png'/></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=TRAPf.html></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=TRAPo.html></object>",
    "<embed src=TRAPe.html>",
    "<link rel=stylesheet href=TRAPl.css>",
    "<link rel=prefetch href=TRAPp.html>",
    "<meta http-equiv=refresh content='0;url=TRAPm.html'>",
    "<base href=TRAP>",
    "<style>@import 'TRAPc.css';</style>",
    "<style>*{background:url(TRAPb.png)}</style>",
    "<div style='background:url(TRAPd.png)'>x</div>",
    "<a href='javascript:alert(1)' autofocus onfocus=alert(1)>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x",
    "<video src=TRAPv.mp4 autoplay></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=TRAPa.ogg autoplay></audio>",
    "<body onload=alert(1)>",
    "<form action=TRAP><button autofocus onfocus='this.form.submit()'>x",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title></title><script>alert(1)</script>",
    "<xmp></xmp><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "javascript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "${alert(1)}{{constructor.constructor('alert(1)')()}}",
    "\u{202e}>)1(trela=rorreno x=crs gmi<\u{202c}",
    "}*{background:url(TRAPy.png)}/*",
    "<x onmouseover=alert(1) style=position:fixed;inset:0>x</x>",
];
/// What a text would have to get out of first.
const WAYS_OUT: [(&str, &str); 6] =
    [("", ""), ("\">", "<\""), ("'>", "<'"), ("</script>", "<script>"), ("--></style></title>", "<!--"), ("\"}]}</p>", "{[{\"")];

/// One of 300 texts.
pub(crate) fn payload(seed: u64, trap: &str) -> String {
    let (core, way) = ((seed as usize) % CORES.len(), (seed as usize) / CORES.len() % WAYS_OUT.len());
    let (before, after) = WAYS_OUT[way];
    format!("{before}{}{after}", CORES[core].replace("TRAP", trap))
}

/// Sixty addresses that nobody should be led to.
pub(crate) fn hostile_addresses(trap: &str) -> Vec<String> {
    let host = trap.trim_start_matches("http://").trim_end_matches('/');
    let patterns = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "javascript://HOST/%0aalert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "blob:http://HOST/1",
        "filesystem:http://HOST/temporary/a",
        "file:///etc/passwd",
        "file://HOST/share/a",
        "view-source:http://HOST/",
        "about:blank",
        "chrome://settings",
        "chrome-extension://a/b",
        "intent://HOST#Intent;end",
        "mailto:a@b.c",
        "tel:+1",
        "sms:+1",
        "ftp://HOST/a",
        "ws://HOST/a",
        "wss://HOST/a",
        "gopher://HOST/",
        "ldap://HOST/",
        "jar:http://HOST!/a",
        "ssh://HOST",
        "//HOST/a",
        "/a",
        "a",
        "\\\\HOST\\a",
        "http:/HOST/a",
        "http:HOST/a",
        "http:///HOST/a",
        "http://user@HOST/a",
        "http://user:word@HOST/a",
        "https://boards.example@HOST/a",
        "http://boards.example%40HOST/a",
        "http://HOST\\@boards.example/a",
        "http://HOST#@boards.example/",
        "http://HOST?@boards.example/",
        "http://\u{0430}\u{0440}\u{0440}\u{04cf}\u{0435}.example/",
        "http://HOST/\u{202e}gpj.exe",
        "http://HOST/a b",
        "http://HOST/\"><img src=http://HOST/x>",
        "http://HOST/'onerror='alert(1)",
        "http://HOST/<script>alert(1)</script>",
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://0x7f000001/a",
        "http://2130706433/a",
        "http://localhost/admin?delete=all",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.0.1/reboot",
        "http://HOST/a.exe",
        "http://HOST/../../a",
        "http://HOST/%00",
        "HTTP://HOST/a",
        "http://",
    ];
    patterns.into_iter().map(|pattern| pattern.replace("HOST", host)).collect()
}

/// A link to a bundle there, made by hand: whatever the address is.
pub(crate) fn hosted(address: &str) -> String {
    let rest = [&[7; 32][..], address.as_bytes()].concat();
    let sum = crc32fast::hash(&[b"b1.", &rest[..]].concat()).to_le_bytes();
    format!("b1.{}", URL_SAFE_NO_PAD.encode([&sum[..], &rest].concat()))
}
