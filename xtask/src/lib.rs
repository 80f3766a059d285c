//! Everything a developer of Boardwatch runs, as `cargo xtask COMMAND`.
//!
//! | module | its one job |
//! | --- | --- |
//! | [`serve`] | build the site and serve it on this machine |
//! | [`dist`] | build the site |
//! | [`test`] | run every check, part by part |
//! | [`bench_browser`] | measure a comparison in a real browser |
//! | [`bench_table`] | measure how smoothly the light table moves, beside another viewer |
//! | [`campaign`] | run long counts that can be stopped and resumed |
//! | [`train`] | fit the networks that rank differences and look for unlisted parts |
//! | [`tools`] | put in place what a build needs and a fresh machine lacks |
//! | [`server`] | a small static web server, also used by the end-to-end tests |
//! | [`licences`] | judge the licences of every dependency |
//! | [`sizes`] | weigh the built site |
//! | [`seal`] | let each part of the built site say what the parts that it loads have to be |
//! | [`metadata`] | what cargo knows about this workspace |
//! | [`step`] | run another programme and say what it is for |

pub mod bench_browser;
pub mod bench_table;
pub mod campaign;
mod comments;
pub mod dist;
mod imports;
pub mod licences;
pub mod metadata;
pub mod seal;
pub mod serve;
pub mod server;
pub mod sizes;
pub mod step;
mod styles;
pub mod test;
pub mod tools;
pub mod train;
