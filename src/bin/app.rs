//! The page's entry point, in wasm.

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<boardwatch::ui::App>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is the page's half of Boardwatch and runs in a browser: `cargo xtask serve` builds and serves it.");
    std::process::exit(1);
}
