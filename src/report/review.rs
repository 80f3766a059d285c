//! What a person decided about a difference that the machine found.

use serde::{Deserialize, Serialize};

use super::FindingId;

/// What became of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It became this finding.
    Accepted(FindingId),
    /// It is nothing, for this reason.
    Dismissed(Dismissal),
}

/// Why a difference is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dismissal {
    /// Reflections, shadow or another colour of light.
    Light,
    /// Dust, dirt, flux.
    Dust,
    /// A label, a sticker or a date code.
    Label,
    /// The maker changed it in another revision.
    OtherRevision,
    /// A tall part seen from another side.
    Parallax,
    /// Nothing differs here that a person could see.
    NothingThere,
}

impl Dismissal {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Light, Self::Dust, Self::Label, Self::OtherRevision, Self::Parallax, Self::NothingThere];
}
