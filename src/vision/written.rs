//! Results as they are written: a picture's three fields stand beside the others. `serde`'s own way to do that (`flatten`) reads everything
//! twice and takes ten times the code.

use serde::{Deserialize, Serialize};

use super::{Alignment, CloseUp, Difference, Limits, PictureFacts, ReferenceResult, Sha256, Standing};

/// [`ReferenceResult`].
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WrittenReference {
    sha256: Sha256,
    width: u32,
    height: u32,
    alignment: Alignment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<u32>,
    #[serde(default, skip_serializing_if = "Standing::is_plain")]
    standing: Standing,
}

impl From<WrittenReference> for ReferenceResult {
    fn from(WrittenReference { sha256, width, height, alignment, unit, standing }: WrittenReference) -> Self {
        Self { picture: PictureFacts { sha256, width, height }, alignment, unit, standing }
    }
}

impl From<ReferenceResult> for WrittenReference {
    fn from(ReferenceResult { picture, alignment, unit, standing }: ReferenceResult) -> Self {
        let PictureFacts { sha256, width, height } = picture;
        Self { sha256, width, height, alignment, unit, standing }
    }
}

/// [`CloseUp`].
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WrittenCloseUp {
    sha256: Sha256,
    width: u32,
    height: u32,
    alignment: Alignment,
    differences: Vec<Difference>,
    limits: Limits,
}

impl From<WrittenCloseUp> for CloseUp {
    fn from(WrittenCloseUp { sha256, width, height, alignment, differences, limits }: WrittenCloseUp) -> Self {
        Self { picture: PictureFacts { sha256, width, height }, alignment, differences, limits }
    }
}

impl From<CloseUp> for WrittenCloseUp {
    fn from(CloseUp { picture, alignment, differences, limits }: CloseUp) -> Self {
        let PictureFacts { sha256, width, height } = picture;
        Self { sha256, width, height, alignment, differences, limits }
    }
}
