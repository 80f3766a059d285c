//! Running another programme, and saying what it is for.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Why a command of `cargo xtask` ended early; each is a sentence that says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A programme could not be started at all.
    #[error("`{program}` could not be started: {source}.\n{remedy}")]
    Start {
        /// The programme's name.
        program: String,
        /// What the system said.
        source: std::io::Error,
        /// What to do by hand.
        remedy: String,
    },
    /// A programme ran and failed.
    #[error("`{command}` failed ({status}).\n{remedy}")]
    Status {
        /// The command as one would type it.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What to do by hand.
        remedy: String,
    },
    /// A file or folder could not be read, written or moved.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Anything else, in one sentence.
    #[error("{0}")]
    Sentence(String),
}

impl Failure {
    /// Wraps what the system said about `path`; for `map_err`.
    pub fn file(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File { path: path.as_ref().to_owned(), source }
    }
}

/// Runs `command` to its end, its output going where ours goes.
///
/// # Errors
/// When it cannot be started or does not succeed; `remedy` says what to do by hand.
pub fn run(command: &mut Command, remedy: &str) -> Result<(), Failure> {
    let status = command.status().map_err(|source| start_failure(command, source, remedy))?;
    judge(command, status, remedy)
}

/// Runs `command` and returns what it printed; its error output goes where ours goes.
///
/// # Errors
/// As [`run`].
pub fn output(command: &mut Command, remedy: &str) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| start_failure(command, source, remedy))?;
    judge(command, output.status, remedy)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `command`, showing each line it prints as it comes and handing it to `line`; true when it succeeded.
///
/// # Errors
/// When it cannot be started.
pub fn watch(command: &mut Command, remedy: &str, mut line: impl FnMut(&str)) -> Result<bool, Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|source| start_failure(command, source, remedy))?;
    if let Some(stdout) = child.stdout.take() {
        for bytes in BufReader::new(stdout).split(b'\n') {
            let Ok(bytes) = bytes else { break };
            let text = String::from_utf8_lossy(&bytes);
            println!("{text}");
            line(&text);
        }
    }
    let status = child.wait().map_err(|source| start_failure(command, source, remedy))?;
    Ok(status.success())
}

/// What `program --version` prints, when there is such a programme and it answers.
#[must_use]
pub fn version(program: impl AsRef<Path>) -> Option<String> {
    let output = Command::new(program.as_ref()).arg("--version").stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The cargo that runs this programme.
#[must_use]
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn start_failure(command: &Command, source: std::io::Error, remedy: &str) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    Failure::Start { program, source, remedy: remedy.to_owned() }
}

fn judge(command: &Command, status: ExitStatus, remedy: &str) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(|w| w.to_string_lossy()).collect();
    Err(Failure::Status { command: words.join(" "), status, remedy: remedy.to_owned() })
}
