//! The recovery page runs and draws what it brings itself and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use boardwatch::vision::Sha256;

const PAGE: &str = include_str!("../../static/recovery.html");
/// It must open where little works.
const MOST_BYTES: usize = 40_000;

/// The hashes of what stands between these tags, as a policy names them.
fn hashes(page: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    assert!(page.contains(&open), "the page has a {tag}");
    let inside = page.split(&open).skip(1).map(|rest| rest.split_once(&close).expect("it ends").0);
    let hash = |inside: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::of(inside.as_bytes()).0));
    inside.map(hash).collect::<Vec<_>>().join(" ")
}

fn policy(page: &str) -> String {
    let (script, style) = (hashes(page, "script"), hashes(page, "style"));
    format!(
        "default-src 'none'; script-src {script}; style-src {style}; img-src blob:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[test]
fn the_recovery_page_s_policy_fits_its_scripts_and_style() {
    let policy = policy(PAGE);
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    assert!(PAGE.contains(&meta), "a script or the style of static/recovery.html changed; its policy must be\n{meta}");
    let place = |text: &str| PAGE.find(text).expect("it is there");
    assert!(place(&meta) < place("<style>") && place(&meta) < place("<script>"), "a policy holds for what comes after it");
}

#[test]
fn the_recovery_page_is_small_and_names_no_other_file_but_the_app() {
    assert!(PAGE.len() < MOST_BYTES, "{} bytes", PAGE.len());
    let links: Vec<_> =
        ["href=\"", "src=\"", "url(", "import ", "@import", "fetch("].iter().flat_map(|way| PAGE.split(way).skip(1)).collect();
    let others: Vec<_> = links.iter().filter(|link| !link.starts_with("./\"") && !link.starts_with("data:,\"")).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_changed_script_needs_another_policy() {
    assert_ne!(policy(PAGE), policy(&PAGE.replacen("<script>", "<script> ", 1)));
}
