//! What steers an alignment.

/// Numbers that steer an alignment, each with its reason.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AlignConfig {
    /// Shortest side in pixels that a picture must have: a board on fewer shows no parts.
    pub fewest_pixels: usize,
    /// Pixels of the pyramid level on which features are first looked for. A board that fills the frame has some
    /// thousand features there; more pixels cost time in proportion and find no more boards.
    pub feature_pixels: usize,
    /// Features kept per picture. Matching grows with the square; 3,000 leave hundreds of right matches on a board.
    pub most_features: usize,
    /// Largest ratio of the best match's distance to the runner-up's; Lowe's 0.8, a little more as families sort out the rest.
    pub most_ratio: f32,
    /// Distance within which a match agrees with a map, in pixels of the feature level: keypoints scatter by about one.
    pub tolerance_px: f64,
    /// Maps that are looked at closely. Rows of equal parts offer the map one pitch aside; it must not be the only one.
    pub most_hypotheses: usize,
    /// Pixels of the reference's level on which maps are compared and judged.
    pub coarse_pixels: usize,
    /// Patches at most on one level; beyond this more of them make no smoother a map.
    pub most_patches: usize,
    /// Nodes of the mesh along the photo's longer side: a phone's distortion bends by under 0.2 px between two of them.
    pub mesh_nodes: u32,
    /// Grid step of the sampled map in photo pixels; 64 at most by the format.
    pub grid_px: f64,
    /// A finer level is used while this part of the patches that agreed on coarser ones still agrees there.
    pub worth_refining: f64,
    /// The part of comparable patches that agree from which pictures are called aligned, and doubtful below it.
    pub aligned_from: f64,
    /// Pixels of the reference's level on which both are seen from far away.
    pub overview_pixels: usize,
    /// The part of patches that look the same from far away below which the board is doubtful: 0.64 on the one pair of sibling
    /// products in the evaluation photographs, 0.76 and more on every pair of the same board.
    pub similar_from: f64,
    /// Below this part of agreeing patches the pictures are refused.
    pub doubtful_from: f64,
}

impl Default for AlignConfig {
    fn default() -> Self {
        Self {
            fewest_pixels: 160,
            feature_pixels: 1_250_000,
            most_features: 3000,
            most_ratio: 0.85,
            tolerance_px: 3.0,
            most_hypotheses: 6,
            coarse_pixels: 800_000,
            most_patches: 6000,
            mesh_nodes: 17,
            grid_px: 64.0,
            worth_refining: 0.4,
            aligned_from: 0.5,
            overview_pixels: 160_000,
            similar_from: 0.7,
            doubtful_from: 0.25,
        }
    }
}
