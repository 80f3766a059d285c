//! `boardwatch catalog serve`.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use tiny_http::{Header, Method, Request, Response, Server};

use crate::catalog::media_type;

/// Serves a site on this machine until it is stopped. Pages of other hosts may read it, as they have to on the web.
pub(super) fn perform(site: &Path, port: u16) -> Result<(), String> {
    if !site.join("catalog.json").is_file() {
        return Err(format!("{} holds no catalog.json: build the site first with `boardwatch catalog build`.", site.display()));
    }
    let server = Server::http(("127.0.0.1", port)).map_err(|error| format!("Port {port} can't be listened on: {error}."))?;
    println!("The catalogue's address, until Ctrl-C: http://{}/catalog.json", server.server_addr());
    for request in server.incoming_requests() {
        // A connection that broke off concerns nobody but who broke it off.
        drop(answer(site, request));
    }
    Ok(())
}

fn answer(site: &Path, request: Request) -> std::io::Result<()> {
    let readable = matches!(request.method(), Method::Get | Method::Head);
    let file = resolve(site, request.url()).filter(|_| readable).and_then(|path| Some((File::open(&path).ok()?, path)));
    match file {
        Some((file, path)) => request.respond(with_headers(Response::from_file(file), media_type(&path.to_string_lossy()))),
        None => request
            .respond(with_headers(Response::from_string("There is no such file here.").with_status_code(404), "text/plain")),
    }
}

/// The file that an address names; `None` when it leads out of the folder.
fn resolve(site: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let relative = Path::new(path);
    let stays = !path.contains(['%', '\\', '\0']) && relative.components().all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| site.join(relative)).filter(|path| path.is_file())
}

fn with_headers<R: std::io::Read>(response: Response<R>, kind: &str) -> Response<R> {
    let headers = [
        ("Content-Type", kind),
        ("Access-Control-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-cache"),
    ];
    headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).fold(response, Response::with_header)
}

#[test]
fn no_address_leads_out_of_the_site() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog");
    assert!(resolve(&site, "/catalog.json?x=1").is_some() && resolve(&site, "/specimen/board.json").is_some());
    for url in [
        "/../catalog/catalog.json",
        "/specimen/../../catalog/catalog.json",
        "/%2e%2e/index.html",
        "//etc/passwd",
        "/",
        "/specimen",
        "/..\\x",
    ] {
        assert_eq!(resolve(&site, url), None, "{url}");
    }
}
