//! Building the release app and serving it on this machine.

use std::process::Command;

use crate::dist;
use crate::server::{Server, Site};
use crate::step::Failure;
use crate::tools;

/// The port when none is named: high enough to need no rights, and no other tool's default.
pub const PORT: u16 = 8642;

/// What happens once the site is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The address is printed.
    Print,
    /// The address is printed and handed to the system's browser.
    Browser,
}

/// Builds the site and serves it until the process is ended.
///
/// # Errors
/// When set-up or build fail, or the port is taken.
pub fn serve(port: u16, opening: Opening) -> Result<(), Failure> {
    dist::build(&tools::for_site()?)?;
    let folder = dist::folder();
    let server = Server::start(Site::new(&folder), port).map_err(|error| {
        Failure::Sentence(format!("Port {port} cannot be listened on ({error}). `--port 0` takes a free one."))
    })?;
    // The fragment opens the built-in sample board; without it the page opens on its start screen.
    let address = format!("http://localhost:{}/#sample", server.port());
    println!("\nBoardwatch is served from {} until Ctrl-C.\nOpen {address}", folder.display());
    if opening == Opening::Browser {
        open(&address);
    }
    server.wait();
    Ok(())
}

fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    if let Err(error) = Command::new(program).args(arguments).arg(address).spawn() {
        println!("`{program}` could not be started ({error}): open the address by hand.");
    }
}
