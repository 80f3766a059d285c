//! The library's entry point, in wasm.

#[cfg(target_arch = "wasm32")]
fn main() {
    boardwatch::ui::mount_annex();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is the library of Boardwatch and runs in a browser: `cargo xtask serve` builds and serves it.");
    std::process::exit(1);
}
