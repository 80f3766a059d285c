//! Boards as manifests of the IIIF Presentation API 3.0, written for other viewers and read from other collections:
//! <https://iiif.io/api/presentation/3.0/>.

mod read;
mod rights;
mod write;

pub use read::{LeftOut, OneBoard, is_manifest, read};
pub use write::manifest;
