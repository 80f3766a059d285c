//! A small static web server: one folder, read only, on this machine only.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::seal::Rules;

/// A browser sends about 1 kB of request line and headers; sixteen times that is somebody else.
const HEAD_LIMIT: u64 = 16 << 10;
/// A connection that says nothing for this long is closed, so that its thread ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder as a web site.
#[derive(Debug, Clone)]
pub struct Site {
    folder: PathBuf,
    prefix: String,
    /// Pages of other hosts may read it, too.
    shared: bool,
}

impl Site {
    /// `folder` as the top of the site.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), prefix: "/".to_owned(), shared: false }
    }

    /// `folder` below `prefix` (such as `/some/path/`), everything else being absent: how a page lives on a shared host.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        self.prefix = format!("/{}/", prefix.trim_matches('/')).replace("//", "/");
        self
    }

    /// Lets the pages of every host read it (CORS).
    #[must_use]
    pub fn shared(mut self) -> Self {
        self.shared = true;
        self
    }

    /// What the site's own file of headers wants to be sent with `path`.
    fn headers(&self, path: &str) -> Vec<String> {
        let rules = std::fs::read_to_string(self.folder.join("_headers")).unwrap_or_default();
        let path = path.split(['?', '#']).next().and_then(percent_decode).unwrap_or_default();
        let inside = path.strip_prefix(&self.prefix).unwrap_or(&path);
        Rules::read(&rules).of(&format!("/{}", inside.trim_start_matches('/'))).map(str::to_owned).collect()
    }

    /// The file that `path` (of a request, still percent-encoded, maybe with a query) names.
    fn resolve(&self, path: &str) -> Found {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = percent_decode(path) else { return Found::Nothing };
        if format!("{path}/") == self.prefix {
            return Found::Elsewhere(self.prefix.clone());
        }
        let Some(inside) = path.strip_prefix(&self.prefix) else { return Found::Nothing };
        let relative = Path::new(inside);
        // A path that climbs, starts at a root or names a drive reaches outside the folder.
        if inside.contains(['\\', '\0']) || !relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir))
        {
            return Found::Nothing;
        }
        let mut file = self.folder.join(relative);
        if file.is_dir() {
            if !path.ends_with('/') {
                return Found::Elsewhere(format!("{path}/"));
            }
            file.push("index.html");
        }
        if file.is_file() { Found::File(file) } else { Found::Nothing }
    }
}

enum Found {
    File(PathBuf),
    Elsewhere(String),
    Nothing,
}

/// What is wrong with a file that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It is another one that works as well: only its hash tells.
    Altered,
}

impl Fault {
    /// What is sent in the place of `file`.
    fn applied(self, file: &Path, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        // A WebAssembly module may end with a section of any name, a text with an empty line.
        let end: &[u8] = if file.extension().is_some_and(|kind| kind == "wasm") { &[0, 2, 1, b'x'] } else { b"\n" };
        bytes.extend_from_slice(end);
        (self == Self::Altered).then_some(bytes)
    }
}

/// One answered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The path asked for, as it was sent.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// Bytes of the body that was sent.
    pub bytes: u64,
}

#[derive(Default)]
struct Shared {
    refusing: AtomicBool,
    stopping: AtomicBool,
    answers: Mutex<Vec<Answer>>,
    faults: Mutex<BTreeMap<String, Fault>>,
}

/// A running server. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    prefix: String,
    site: Arc<RwLock<Site>>,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `site` on 127.0.0.1; port 0 takes a free one.
    ///
    /// # Errors
    /// When the port cannot be listened on.
    pub fn start(site: Site, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let prefix = site.prefix.clone();
        let site = Arc::new(RwLock::new(site));
        let (served, theirs) = (Arc::clone(&site), Arc::clone(&shared));
        let listening = thread::spawn(move || {
            for connection in listener.incoming() {
                if theirs.stopping.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(connection) = connection else { continue };
                let site = served.read().unwrap_or_else(PoisonError::into_inner).clone();
                let shared = Arc::clone(&theirs);
                // A connection that breaks off concerns nobody but the browser that broke it off.
                thread::spawn(move || drop(answer(&connection, &site, &shared)));
            }
        });
        Ok(Self { address, prefix, site, shared, listening: Some(listening) })
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of the site, ending in a slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}{}", self.port(), self.prefix)
    }

    /// From now on every connection is closed without an answer (true), as if there were no network, or answered again (false).
    pub fn refuse(&self, refusing: bool) {
        self.shared.refusing.store(refusing, Ordering::SeqCst);
    }

    /// From now on this folder is served in the place of the other one: a new version of the site.
    pub fn publish(&self, folder: impl Into<PathBuf>) {
        self.site.write().unwrap_or_else(PoisonError::into_inner).folder = folder.into();
    }

    /// From now on the file at `path` below the site's top has this fault; `None` mends it.
    pub fn spoil(&self, path: &str, fault: Option<Fault>) {
        let mut faults = self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(fault) => faults.insert(path.to_owned(), fault),
            None => faults.remove(path),
        };
    }

    /// Every answer given so far, in order.
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        self.shared.answers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the listening thread, which then sees that it shall stop.
        drop(TcpStream::connect(self.address));
        if let Some(listening) = self.listening.take() {
            drop(listening.join());
        }
    }
}

fn answer(connection: &TcpStream, site: &Site, shared: &Shared) -> io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let Some((method, path)) = read_head(connection)? else { return Ok(()) };
    if shared.refusing.load(Ordering::SeqCst) {
        return Ok(());
    }
    let mut reply = match (method.as_str(), site.resolve(&path)) {
        ("GET" | "HEAD", Found::File(file)) => {
            let name = file.strip_prefix(&site.folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let fault = shared.faults.lock().unwrap_or_else(PoisonError::into_inner).get(&name).copied();
            Reply::file(&file, &site.headers(&path), fault)?
        }
        ("GET" | "HEAD", Found::Elsewhere(place)) => {
            Reply::text(301, "Moved Permanently", &format!("Location: {place}\r\n"), "It is elsewhere.")
        }
        ("GET" | "HEAD", Found::Nothing) => Reply::absent(),
        _ => Reply::text(405, "Method Not Allowed", "Allow: GET, HEAD\r\n", "Files are only read here."),
    };
    // A catalogue may say so itself, in its own file of headers; a browser takes the header once.
    if site.shared && !reply.head.contains("Access-Control-Allow-Origin") {
        reply.head += "Access-Control-Allow-Origin: *\r\n";
    }
    let with_body = method != "HEAD";
    let bytes = if with_body { reply.body.len() as u64 } else { 0 };
    let answer = Answer { path, status: reply.status, bytes };
    shared.answers.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
    reply.send(connection, with_body)
}

/// Method and path of a request; `None` when it is no HTTP or the connection brought none.
fn read_head(connection: &TcpStream) -> io::Result<Option<(String, String)>> {
    let mut lines = BufReader::new(connection.take(HEAD_LIMIT));
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut words = first.split_ascii_whitespace();
    let (Some(method), Some(path), Some(_)) = (words.next(), words.next(), words.next()) else { return Ok(None) };
    let mut header = String::new();
    // Read to the empty line: closing a connection with unread bytes makes the other side lose the answer.
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    Ok(Some((method.to_owned(), path.to_owned())))
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    /// The file with these headers, or what its fault makes of it.
    fn file(file: &Path, headers: &[String], fault: Option<Fault>) -> io::Result<Self> {
        let kind = media_type(file);
        let body = std::fs::read(file)?;
        let body = match fault {
            None => Some(body),
            Some(fault) => fault.applied(file, body),
        };
        let Some(body) = body else { return Ok(Self::absent()) };
        let mut head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n");
        headers.iter().for_each(|header| head += &format!("{header}\r\n"));
        Ok(Self { status: 200, head, body })
    }

    fn absent() -> Self {
        Self::text(404, "Not Found", "", "There is no such file here.")
    }

    fn text(status: u16, phrase: &str, headers: &str, sentence: &str) -> Self {
        let head = format!("HTTP/1.1 {status} {phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n{headers}");
        Self { status, head, body: sentence.as_bytes().to_vec() }
    }

    fn send(&self, mut connection: &TcpStream, with_body: bool) -> io::Result<()> {
        let length = self.body.len();
        let usual = ["Cache-Control: no-cache", "X-Content-Type-Options: nosniff"].into_iter();
        let missing = usual.filter(|header| !self.head.contains(header.split(':').next().unwrap_or_default()));
        let rest: String = missing.map(|header| format!("{header}\r\n")).collect();
        write!(connection, "{}Content-Length: {length}\r\n{rest}Connection: close\r\n\r\n", self.head)?;
        if with_body {
            connection.write_all(&self.body)?;
        }
        connection.flush()
    }
}

/// The media type by the file's extension; a browser refuses modules and streaming wasm that come as anything else.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The text behind `%41`-like escapes; `None` when they are cut or not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (char::from(bytes.next()?).to_digit(16)?, char::from(bytes.next()?).to_digit(16)?);
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}
