//! How surfaces look: colour, gloss, metal.

/// Linear-light colour and how it shines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finish {
    /// Share of light given back, linear red, green, blue.
    pub(crate) colour: [f32; 3],
    /// Strength of the mirror image on top, 0 to 1.
    pub(crate) gloss: f32,
    /// 1 where the mirror image takes the surface's colour and nothing is scattered.
    pub(crate) metal: f32,
    /// Unevenness of the colour, 0 to 1.
    pub(crate) grain: f32,
}

impl Finish {
    const fn dull(red: f32, green: f32, blue: f32) -> Self {
        Self { colour: [red, green, blue], gloss: 0.25, metal: 0.0, grain: 0.1 }
    }

    const fn shiny(red: f32, green: f32, blue: f32) -> Self {
        Self { colour: [red, green, blue], gloss: 1.0, metal: 1.0, grain: 0.12 }
    }

    /// The same finish in another brightness.
    pub(crate) fn times(self, factor: f32) -> Self {
        Self { colour: self.colour.map(|c| c * factor), ..self }
    }

    /// This finish covered by so much of `over`.
    #[inline]
    pub(crate) fn under(self, over: &Self, cover: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * cover;
        let colour = [0, 1, 2].map(|k| mix(self.colour[k], over.colour[k]));
        let Self { gloss, metal, grain, .. } = self;
        Self { colour, gloss: mix(gloss, over.gloss), metal: mix(metal, over.metal), grain: mix(grain, over.grain) }
    }
}

pub(crate) const MOULD: Finish = Finish { grain: 0.35, ..Finish::dull(0.024, 0.024, 0.026) };
pub(crate) const BLACK: Finish = Finish { gloss: 0.5, ..Finish::dull(0.014, 0.014, 0.015) };
pub(crate) const FERRITE: Finish = Finish { grain: 0.5, ..Finish::dull(0.045, 0.045, 0.048) };
pub(crate) const WHITE: Finish = Finish { gloss: 0.4, ..Finish::dull(0.74, 0.74, 0.71) };
pub(crate) const IVORY: Finish = Finish { gloss: 0.4, ..Finish::dull(0.62, 0.58, 0.47) };
pub(crate) const PAPER: Finish = Finish { gloss: 0.1, grain: 0.04, ..Finish::dull(0.80, 0.80, 0.78) };
pub(crate) const SILK: Finish = Finish { gloss: 0.1, ..Finish::dull(0.72, 0.73, 0.70) };
pub(crate) const LASER: Finish = Finish { gloss: 0.1, ..Finish::dull(0.36, 0.36, 0.35) };
pub(crate) const INK: Finish = Finish { gloss: 0.1, ..Finish::dull(0.03, 0.03, 0.035) };
pub(crate) const LAMINATE: Finish = Finish { grain: 0.5, ..Finish::dull(0.33, 0.29, 0.15) };
pub(crate) const TIN: Finish = Finish { grain: 0.3, ..Finish::shiny(0.66, 0.65, 0.62) };
pub(crate) const STEEL: Finish = Finish { gloss: 0.8, ..Finish::shiny(0.60, 0.60, 0.60) };
pub(crate) const ALUMINIUM: Finish = Finish { gloss: 0.8, ..Finish::shiny(0.76, 0.77, 0.78) };
pub(crate) const ANODISED: Finish = Finish { gloss: 0.6, metal: 0.7, ..Finish::dull(0.07, 0.075, 0.085) };
pub(crate) const GOLD: Finish = Finish { grain: 0.2, ..Finish::shiny(0.82, 0.60, 0.24) };
pub(crate) const HOLE: Finish = Finish { gloss: 0.0, grain: 0.0, ..Finish::dull(0.012, 0.012, 0.012) };
pub(crate) const DUST: Finish = Finish { gloss: 0.0, ..Finish::dull(0.40, 0.39, 0.36) };
pub(crate) const RUTHENIUM: Finish = Finish { gloss: 0.4, ..Finish::dull(0.02, 0.02, 0.022) };
pub(crate) const ALUMINA: Finish = Finish { gloss: 0.1, ..Finish::dull(0.66, 0.65, 0.62) };
pub(crate) const SUBSTRATE: Finish = Finish { gloss: 0.5, ..Finish::dull(0.03, 0.10, 0.05) };
pub(crate) const DIE: Finish = Finish { gloss: 0.9, metal: 0.75, grain: 0.02, colour: [0.20, 0.21, 0.25] };
/// Ceramic of capacitors, by lot.
pub(crate) const CERAMICS: [Finish; 4] = [
    Finish { grain: 0.25, ..Finish::dull(0.30, 0.17, 0.075) },
    Finish { grain: 0.25, ..Finish::dull(0.38, 0.24, 0.12) },
    Finish { grain: 0.25, ..Finish::dull(0.24, 0.145, 0.085) },
    Finish { grain: 0.25, ..Finish::dull(0.33, 0.27, 0.20) },
];
/// Light-emitting diodes, unlit.
pub(crate) const LENSES: [Finish; 3] =
    [Finish::dull(0.75, 0.72, 0.42), Finish::dull(0.72, 0.74, 0.70), Finish::dull(0.55, 0.66, 0.45)];
/// Plastic of slots and sockets; a board picks its own.
pub(crate) const PLASTICS: [Finish; 4] = [
    Finish::dull(0.020, 0.020, 0.022),
    Finish::dull(0.02, 0.065, 0.28),
    Finish::dull(0.55, 0.56, 0.54),
    Finish::dull(0.028, 0.026, 0.024),
];

/// The varnish over the copper: what it looks like on laminate, and on copper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// The usual one.
    Green,
    /// Deep blue.
    Blue,
    /// Matt black.
    Black,
    /// Red.
    Red,
    /// Violet.
    Purple,
}

impl Mask {
    pub(crate) const ALL: [Self; 5] = [Self::Green, Self::Blue, Self::Black, Self::Red, Self::Purple];

    /// On laminate and on copper.
    pub(crate) fn finishes(self) -> [Finish; 2] {
        let (bare, copper) = match self {
            Self::Green => ([0.008, 0.070, 0.027], [0.020, 0.150, 0.050]),
            Self::Blue => ([0.008, 0.028, 0.105], [0.018, 0.065, 0.200]),
            Self::Black => ([0.014, 0.015, 0.017], [0.036, 0.037, 0.040]),
            Self::Red => ([0.140, 0.011, 0.013], [0.270, 0.026, 0.024]),
            Self::Purple => ([0.060, 0.012, 0.090], [0.125, 0.028, 0.180]),
        };
        let finish = |colour| Finish { colour, gloss: 0.7, metal: 0.0, grain: 0.12 };
        [finish(bare), finish(copper)]
    }
}
