//! COCO (<https://cocodataset.org/#format-data>): a dataset of one image, with an annotation for each finding.

mod outline;
mod reading;
mod writing;

pub use reading::from_coco;
pub use writing::to_coco;
