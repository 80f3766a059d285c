//! Who vouches for a catalogue: `catalog.sig` beside `catalog.json`.
//!
//! `catalog.json` holds the hashes of the files of boards and of the search index, those hold the hashes of pictures: one signature covers
//! all of them.

use serde::{Deserialize, Serialize};

use super::proof::{PublicKey, SignatureBytes};
use crate::vision::Sha256;

const FORMAT: &str = "boardwatch-signature";
/// Bytes of such a file; what is larger is none.
pub const MAX_SIGNATURE_BYTES: usize = 2_000;

/// A signature of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueSignature {
    /// Whose.
    pub key: PublicKey,
    /// Ed25519 (RFC 8032), of [`CatalogueSignature::signed`].
    pub signature: SignatureBytes,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    version: u32,
    key: PublicKey,
    signature: SignatureBytes,
}

/// The file is no signature, or its key signs anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "The catalogue's signature (catalog.sig) can't be read, or its key is one that fits anything. Don't trust the catalogue; tell whoever keeps it."
)]
pub struct NotASignature;

impl CatalogueSignature {
    /// What is signed for this `catalog.json`: a purpose, so that it is no signature of anything else, and the file's SHA-256.
    #[must_use]
    pub fn signed(catalogue: &[u8]) -> Vec<u8> {
        let mut bytes = b"boardwatch catalogue\0".to_vec();
        bytes.extend(Sha256::of(catalogue).0);
        bytes
    }

    /// As a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = Written { format: FORMAT.to_owned(), version: 1, key: self.key, signature: self.signature };
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// From a file.
    ///
    /// # Errors
    /// [`NotASignature`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotASignature> {
        if bytes.len() > MAX_SIGNATURE_BYTES {
            return Err(NotASignature);
        }
        let Written { format, version, key, signature } = serde_json::from_slice(bytes).map_err(|_| NotASignature)?;
        if format == FORMAT && version == 1 && !key.is_weak() { Ok(Self { key, signature }) } else { Err(NotASignature) }
    }
}

#[test]
fn a_signature_comes_back_and_nothing_else_is_one() {
    let signature = CatalogueSignature { key: PublicKey([9; 32]), signature: SignatureBytes(([1; 32], [2; 32])) };
    assert_eq!(CatalogueSignature::from_bytes(&signature.to_bytes()), Ok(signature));
    let weak = CatalogueSignature { key: PublicKey([0; 32]), ..signature };
    assert_eq!(CatalogueSignature::from_bytes(&weak.to_bytes()), Err(NotASignature));
    assert_eq!(CatalogueSignature::from_bytes(b"{}"), Err(NotASignature));
    assert_ne!(CatalogueSignature::signed(b"a"), CatalogueSignature::signed(b"b"));
}
