//! The static server, spoken to as a browser speaks to it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;

use xtask::server::{Fault, Server, Site};

/// A folder with a page, a module and a wasm file, and a secret beside it; gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let top = std::env::temp_dir().join(format!("boardwatch-server-{name}-{}", std::process::id()));
        fs::create_dir_all(top.join("site/deep")).expect("a folder");
        for (file, text) in [
            ("site/index.html", "<title>page</title>"),
            ("site/a b.js", "export {}"),
            ("site/app.wasm", "\0asm"),
            ("site/deep/index.html", "deep"),
            ("secret.txt", "secret"),
        ] {
            fs::write(top.join(file), text).expect("a file");
        }
        Self(top)
    }

    fn site(&self) -> Site {
        Site::new(self.0.join("site"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn ask(server: &Server, request: &str) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", server.port())).expect("the server listens");
    connection.write_all(request.as_bytes()).expect("the request goes out");
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply).expect("the reply comes in");
    String::from_utf8(reply).expect("a reply of text")
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
}

#[test]
fn files_come_with_the_type_a_browser_insists_on() {
    let folder = Folder::new("types");
    let server = Server::start(folder.site(), 0).expect("a free port");
    for (path, kind, body) in [
        ("/", "text/html; charset=utf-8", "<title>page</title>"),
        ("/a%20b.js?v=1", "text/javascript; charset=utf-8", "export {}"),
        ("/app.wasm", "application/wasm", "\0asm"),
        ("/deep/", "text/html; charset=utf-8", "deep"),
    ] {
        let reply = get(&server, path);
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {reply}");
        assert!(reply.contains(&format!("Content-Type: {kind}\r\n")), "{path}: {reply}");
        assert!(reply.contains(&format!("Content-Length: {}\r\n", body.len())), "{path}: {reply}");
        assert!(reply.ends_with(&format!("\r\n\r\n{body}")), "{path}: {reply}");
    }
}

#[test]
fn nothing_outside_the_folder_is_reachable() {
    let folder = Folder::new("outside");
    let server = Server::start(folder.site(), 0).expect("a free port");
    for path in
        ["/../secret.txt", "/%2e%2e/secret.txt", "/deep/../../secret.txt", "/..%5csecret.txt", "//etc/passwd", "/%", "/nothing"]
    {
        let reply = get(&server, path);
        assert!(reply.starts_with("HTTP/1.1 404 "), "{path}: {reply}");
        assert!(!reply.contains("secret"), "{path}: {reply}");
    }
}

#[test]
fn other_methods_are_refused_and_head_has_no_body() {
    let folder = Folder::new("methods");
    let server = Server::start(folder.site(), 0).expect("a free port");
    assert!(ask(&server, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
    let head = ask(&server, "HEAD / HTTP/1.1\r\n\r\n");
    assert!(head.contains("Content-Length: 19\r\n") && head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(ask(&server, "nonsense\r\n\r\n"), "");
}

#[test]
fn below_a_prefix_only_the_prefix_answers() {
    let folder = Folder::new("prefix");
    let server = Server::start(folder.site().below("some/path"), 0).expect("a free port");
    assert!(server.url().ends_with("/some/path/"));
    assert!(get(&server, "/some/path/app.wasm").starts_with("HTTP/1.1 200 "));
    assert!(get(&server, "/some/path").contains("Location: /some/path/\r\n"));
    assert!(get(&server, "/some/path/deep").contains("Location: /some/path/deep/\r\n"));
    assert!(get(&server, "/app.wasm").starts_with("HTTP/1.1 404 "));
}

#[test]
fn a_refusing_server_says_nothing_and_recovers() {
    let folder = Folder::new("refuse");
    let server = Server::start(folder.site(), 0).expect("a free port");
    server.refuse(true);
    assert_eq!(get(&server, "/"), "");
    server.refuse(false);
    assert!(get(&server, "/").starts_with("HTTP/1.1 200 "));
    let answers = server.answers();
    assert_eq!(answers.len(), 1);
    assert_eq!((answers[0].path.as_str(), answers[0].status, answers[0].bytes), ("/", 200, 19));
}

#[test]
fn a_site_sends_the_headers_of_its_own_file() {
    let folder = Folder::new("headers");
    fs::write(folder.0.join("site/_headers"), "/*\n  Referrer-Policy: no-referrer\n/\n  X-Page: yes\n").expect("a file");
    let server = Server::start(folder.site().below("some/where"), 0).expect("a free port");
    let page = get(&server, "/some/where/?from=home");
    assert!(page.contains("Referrer-Policy: no-referrer\r\n") && page.contains("X-Page: yes\r\n"), "{page}");
    assert!(page.contains("Cache-Control: no-cache\r\n"), "{page}");
    let other = get(&server, "/some/where/app.wasm");
    assert!(other.contains("Referrer-Policy: no-referrer\r\n") && !other.contains("X-Page"), "{other}");
}

#[test]
fn a_file_can_be_missing_or_altered_and_a_new_version_can_be_published() {
    let folder = Folder::new("faults");
    let server = Server::start(folder.site(), 0).expect("a free port");
    server.spoil("app.wasm", Some(Fault::Altered));
    assert!(get(&server, "/app.wasm").ends_with("\0asm\0\u{2}\u{1}x"));
    server.spoil("app.wasm", Some(Fault::Missing));
    assert!(get(&server, "/app.wasm").starts_with("HTTP/1.1 404 "));
    server.spoil("app.wasm", None);
    assert!(get(&server, "/app.wasm").ends_with("\r\n\r\n\0asm"));
    server.publish(folder.0.join("site/deep"));
    assert!(get(&server, "/").ends_with("deep"));
}
