//! The browser's half in a real browser: workers, storage, and the stage by its pixels.
#![cfg(target_arch = "wasm32")]

mod page;
mod pool;
mod stage;
mod storage;
mod table;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
