//! Pictures that lie over the board beside the photo.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::placing::map;
use super::{ControlPoint, Drawing};
use crate::catalog::Modality;
use crate::geometry::Warp;
use crate::vision::PictureFacts;

/// Layers of one case.
pub const MAX_LAYERS: usize = 8;

/// A picture that a person lays over the board: an X-ray, a drawing. It is looked at, not compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureLayer {
    /// Hash and size.
    pub picture: PictureFacts,
    /// File name.
    pub title: String,
    /// How it was made.
    pub modality: Modality,
    /// The same places on it and on the first reference; their `photo` is a place on this picture.
    pub points: Vec<ControlPoint>,
    /// What it was drawn from; `None` for what was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Rc<Drawing>>,
}

impl PictureLayer {
    /// How it lies on a first reference of this size in pixels: by its points; while there are too few, as large as the reference.
    #[must_use]
    pub fn warp(&self, reference: (u32, u32)) -> Warp {
        match map(&self.points) {
            Some(homography) => Warp { homography, mesh: None },
            None => Warp::beside((self.picture.width, self.picture.height), reference),
        }
    }
}
