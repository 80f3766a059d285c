//! Alignment on small pictures drawn by the test, with known maps.
