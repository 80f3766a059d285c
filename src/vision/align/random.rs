//! Numbers that look random and are the same in every run.

/// Marsaglia's xorshift generator with 64 bits of state (Journal of Statistical Software, 2003).
pub(in crate::vision) struct Random(u64);

impl Random {
    /// Equal seeds give equal sequences; the seed must not be 0.
    pub(in crate::vision) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `end` − 1; 0 when `end` is 0.
    pub(in crate::vision) const fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        if end == 0 { 0 } else { ((self.0 >> 11) % end as u64) as usize }
    }
}
