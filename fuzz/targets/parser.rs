//! One target per parser: this file is compiled once for each, under the parser's name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| boardwatch_fuzz::holds(env!("CARGO_BIN_NAME"), bytes));
