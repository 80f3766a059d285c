//! A web host that can be told to misbehave, file by file.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a file is answered.
#[derive(Debug, Clone)]
pub(crate) enum Manner {
    /// As on any host that lets others read.
    File(Vec<u8>),
    /// Without the header that lets pages of others read it.
    NoCors(Vec<u8>),
    /// With this status.
    Status(u16),
    /// On to another address.
    Redirect(String),
    /// The connection closes without an answer.
    Nothing,
    /// Half of it, and the connection closes.
    Half(Vec<u8>),
    /// Without an end.
    Endless,
    /// Packed: these bytes, and as many zeros as so many megabytes.
    Bomb(usize),
    /// The beginning, and then silence.
    Silent,
    /// A byte a second.
    Trickle,
}

/// A running host. It ends when it is dropped.
pub(crate) struct Host {
    port: u16,
    files: Arc<Mutex<BTreeMap<String, Manner>>>,
    asked: Arc<Mutex<Vec<String>>>,
    stopping: Arc<AtomicBool>,
}

impl Host {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("it listens").port();
        let host = Self { port, files: Arc::default(), asked: Arc::default(), stopping: Arc::default() };
        let (files, asked, stopping) = (Arc::clone(&host.files), Arc::clone(&host.asked), Arc::clone(&host.stopping));
        thread::spawn(move || {
            for connection in listener.incoming() {
                if stopping.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(connection) = connection else { continue };
                let (files, asked, stopping) = (Arc::clone(&files), Arc::clone(&asked), Arc::clone(&stopping));
                thread::spawn(move || drop(answer(&connection, &files, &asked, &stopping)));
            }
        });
        host
    }

    /// The address of a file; `localhost` is another origin than `127.0.0.1`, and so is another port.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}/{path}", self.port)
    }

    pub(crate) fn puts(&self, path: &str, manner: Manner) {
        self.files.lock().expect("nobody panicked").insert(format!("/{path}"), manner);
    }

    /// The heads of all requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
    }
}

type Files = Mutex<BTreeMap<String, Manner>>;

fn answer(connection: &TcpStream, files: &Files, asked: &Mutex<Vec<String>>, stopping: &AtomicBool) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(connection);
    while reader.read_line(&mut head)? > 2 {}
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    asked.lock().expect("nobody panicked").push(head);
    let manner = files.lock().expect("nobody panicked").get(&path).cloned();
    let mut out = connection;
    let begin = |mut out: &TcpStream, status: &str, more: &str| {
        write!(out, "HTTP/1.1 {status}\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n{more}\r\n")
    };
    match manner {
        Some(Manner::File(bytes)) => {
            begin(out, "200 OK", &format!("Content-Length: {}\r\n", bytes.len()))?;
            out.write_all(&bytes)
        }
        Some(Manner::NoCors(bytes)) => {
            write!(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", bytes.len())?;
            out.write_all(&bytes)
        }
        Some(Manner::Status(status)) => begin(out, &format!("{status} Not So"), "Content-Length: 0\r\n"),
        Some(Manner::Redirect(to)) => begin(out, "302 Found", &format!("Location: {to}\r\nContent-Length: 0\r\n")),
        Some(Manner::Nothing) => Ok(()),
        Some(Manner::Half(bytes)) => {
            begin(out, "200 OK", &format!("Content-Length: {}\r\n", bytes.len()))?;
            out.write_all(&bytes[..bytes.len() / 2])
        }
        Some(Manner::Endless) => {
            begin(out, "200 OK", "")?;
            while !stopping.load(Ordering::SeqCst) {
                out.write_all(&[b' '; 65_536])?;
            }
            Ok(())
        }
        Some(Manner::Bomb(megabytes)) => {
            let deflated = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; megabytes << 20], 9);
            begin(out, "200 OK", &format!("Content-Encoding: deflate\r\nContent-Length: {}\r\n", deflated.len()))?;
            out.write_all(&deflated)
        }
        Some(Manner::Silent) => {
            begin(out, "200 OK", "Content-Length: 1000\r\n")?;
            out.write_all(b"{")?;
            wait(stopping, 60)
        }
        Some(Manner::Trickle) => {
            begin(out, "200 OK", "Content-Length: 1000\r\n")?;
            for _ in 0..120 {
                out.write_all(b" ")?;
                wait(stopping, 1)?;
            }
            Ok(())
        }
        None => begin(out, "404 Not Found", "Content-Length: 0\r\n"),
    }
}

fn wait(stopping: &AtomicBool, seconds: u64) -> std::io::Result<()> {
    for _ in 0..seconds * 10 {
        if stopping.load(Ordering::SeqCst) {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
