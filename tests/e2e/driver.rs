//! chromedriver as a process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// A running chromedriver. Dropping it ends it and every browser that it started.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts chromedriver on a free port: the one that CHROMEDRIVER names, or the one on PATH.
    pub(crate) fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut command = Command::new(&program);
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command
            .spawn()
            .unwrap_or_else(|error| panic!("{program:?} does not start: {error}; `cargo xtask test e2e` sets it up"));
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
            .expect("chromedriver says which port it took");
        // Read to the end: a full pipe would stop chromedriver in the middle of a journey.
        thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }

    /// Its process, the parent of every browser that it started.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to shut down it ends its browsers; killed it would leave them behind.
        if let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) {
            drop(connection.set_read_timeout(Some(Duration::from_secs(10))));
            drop(write!(connection, "GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            drop(connection.read(&mut [0; 64]));
        }
        thread::sleep(Duration::from_millis(100));
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
