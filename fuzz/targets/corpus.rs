//! Writes what the fuzzer begins with.

fn main() -> std::io::Result<()> {
    boardwatch_fuzz::write_corpus(std::path::Path::new(env!("CARGO_MANIFEST_DIR")))
}
