use super::site::{Site, integrity};
use super::verify::complaints;
use super::{HEADERS, PAGE, Rules, SERVICE, chain, headers, markup};

const POLICY: &str = "default-src 'none'; script-src 'self'";

/// A site as Trunk leaves it.
fn made_up() -> Site {
    let page = format!(
        "<head><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <link data-trunk rel=\"rust\" data-bin=\"app\">\n  \n<link rel=\"modulepreload\" href=\"./start.js\" integrity=\"sha384-AAAA\">\
         <!-- <script>never</script> -->\
         <script type=\"module\" src=\"start.js\" integrity=\"seal:start.js\"></script>\
         <link rel=\"stylesheet\" href=\"style.css\" integrity=\"seal:style.css\"></head>"
    );
    let files = [
        (PAGE, page.as_str()),
        ("start.js", "fetch('app_bg.wasm', { integrity: 'seal:app_bg.wasm' }); known = 'seal:worker-start.js';"),
        ("worker-start.js", "import './worker.js'; 'seal:worker.js'"),
        ("worker.js", "work"),
        ("style.css", "body {}"),
        ("app_bg.wasm", "\0asm"),
        ("favicon.svg", "<svg/>"),
        (SERVICE, "const VERSION = '';\nconst FILES = {\n};\n"),
    ];
    Site(files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect())
}

/// The same steps as [`super::seal`], in memory.
fn sealed(mut site: Site) -> Site {
    chain::open(&mut site);
    let page = markup::without_leftovers(site.text(PAGE).unwrap());
    site.set(PAGE, page);
    let headers = headers::written(&site).unwrap();
    site.set(HEADERS, headers);
    chain::close(&mut site).unwrap();
    site
}

#[test]
fn an_integrity_is_that_of_the_standard() {
    // The example of the recommendation's section 3.2, with SHA-256.
    assert_eq!(integrity(b"alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
}

#[test]
fn a_sealed_site_has_the_hash_of_each_file_where_it_is_loaded() {
    let site = sealed(made_up());
    let start = site.text("start.js").unwrap();
    assert!(start.contains(&integrity(b"\0asm")) && start.contains(&integrity(&site.0["worker-start.js"])), "{start}");
    assert!(site.text(PAGE).unwrap().contains(&integrity(&site.0["start.js"])));
    let page = site.text(PAGE).unwrap();
    assert!(!page.contains("modulepreload") && !page.contains("data-trunk"), "{page}");
    let list = chain::listed(&site);
    assert_eq!(list.len(), site.0.len() - 2, "all but the service worker and the headers: {list:?}");
    assert_eq!(complaints(&site), Vec::<String>::new());
}

#[test]
fn sealing_again_changes_nothing_and_takes_a_changed_file_in() {
    let site = sealed(made_up());
    assert_eq!(sealed(site.clone()), site);
    let mut changed = site.clone();
    changed.set("worker.js", "work better".to_owned());
    assert_eq!(complaints(&changed).len(), 4, "list, chain, unchecked: {:#?}", complaints(&changed));
    let resealed = sealed(changed);
    assert_eq!(complaints(&resealed), Vec::<String>::new());
    let hash = integrity(b"work better");
    assert!(resealed.text("worker-start.js").unwrap().contains(&hash));
    assert_ne!(resealed.text(PAGE), site.text(PAGE), "the change goes up to the page");
    assert_ne!(chain::version(&resealed), chain::version(&site));
}

#[test]
fn whatever_is_not_checked_is_found() {
    let complaint = |change: &dyn Fn(&mut Site), wanted: &str| {
        let mut site = made_up();
        change(&mut site);
        let found = complaints(&sealed(site)).join("\n");
        assert!(found.contains(wanted), "{wanted:?} is not among {found:?}");
    };
    let in_page = |text: &'static str| {
        move |site: &mut Site| {
            let page = site.text(PAGE).unwrap().replace("</head>", text);
            site.set(PAGE, page);
        }
    };
    complaint(&in_page("<script src=\"worker.js\"></script>"), "worker.js has no integrity");
    complaint(&in_page("<script>run()</script>"), "its <script> is inline");
    complaint(&in_page("<style>a {}</style>"), "its <style> is inline");
    complaint(&in_page("<p style=\"color: red\">"), "has the attribute style");
    complaint(&in_page("<p title=\"a > b\" onclick='x'>"), "has the attribute onclick");
    complaint(&in_page("<script src=\"gone.js\" integrity=\"x\"></script>"), "there is no gone.js");
    complaint(&|site| site.set("more.js", "more".to_owned()), "more.js: nothing that loads it checks its hash");
    complaint(
        &|site| {
            let page = site.text(PAGE).unwrap().replace("script-src 'self'", "script-src 'self' 'unsafe-inline'");
            site.set(PAGE, page);
        },
        "its policy says unsafe-inline",
    );
    let mut site = sealed(made_up());
    site.set(HEADERS, "/*\n  X: y\n".to_owned());
    site.set("late.txt", "unlisted".to_owned());
    let found = complaints(&site).join("\n");
    assert!(found.contains("does not list late.txt") && found.contains("_headers is not what"), "{found}");
}

#[test]
fn an_inline_script_is_taken_when_the_policy_has_its_hash() {
    let hash = integrity(b"rescue()");
    let page = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{hash}'\"><script>rescue()</script>"
    );
    let mut site = made_up();
    site.set("recovery.html", page);
    let site = sealed(site);
    assert_eq!(complaints(&site), Vec::<String>::new());
    let rules = Rules::read(std::str::from_utf8(&site.0[HEADERS]).unwrap());
    for path in ["/recovery.html", "/recovery"] {
        let policy: Vec<&str> = rules.of(path).filter(|header| header.starts_with("Content-Security-Policy")).collect();
        assert!(policy.len() == 1 && policy[0].contains(&hash) && policy[0].ends_with("frame-ancestors 'none'"), "{policy:?}");
    }
}

#[test]
fn a_wish_that_cannot_be_filled_is_an_error() {
    let closed = |name: &str, text: &str| {
        let mut site = made_up();
        site.set(name, text.to_owned());
        chain::close(&mut site).map_err(|failure| failure.to_string())
    };
    assert!(closed("a.js", "'seal:gone.js'").is_err_and(|why| why.contains("no such file")));
    assert!(closed("a.js", "'seal:a.js'").is_err_and(|why| why.contains("each want")));
}

#[test]
fn each_file_gets_the_headers_of_every_rule_that_fits() {
    let rules = Rules::read("# about\n/*\n  A: 1\n\n/b/*\n  B: 2\n/b/c.html\n  C: 3\n");
    let of = |path: &str| rules.of(path).collect::<Vec<_>>();
    assert_eq!(of("/"), ["A: 1"]);
    assert_eq!(of("/b/x"), ["A: 1", "B: 2"]);
    assert_eq!(of("/b/c.html"), ["A: 1", "B: 2", "C: 3"]);
}
