//! The drafter's entry point, in wasm.

#[cfg(target_arch = "wasm32")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    boardwatch::web::serve_designs()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is the drafter of Boardwatch and runs in a browser: `cargo xtask serve` builds and serves it.");
    std::process::exit(1);
}
