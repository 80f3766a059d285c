//! What a report is recognised by, and who vouches for it.
//!
//! A digest names a report whatever form it travels in. A signature (Ed25519, RFC 8032) covers the digest, the name of who signs, and the
//! pictures that go with the report. Keys and curves are the shells' business: here is only what is signed.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::statement::MAX_TITLE_CHARS;
use super::{BundleError, Report, canonical};
use crate::vision::Sha256;

/// What a report file calls itself.
const FORMAT: &str = "boardwatch-report";
/// The version of its JSON; the link's.
const VERSION: u32 = 3;
/// Bytes of a report file: 1,000 findings with full notes, and a mesh of the finest kind.
pub const MAX_REPORT_BYTES: usize = 16 << 20;

/// The report as a file: canonical JSON in UTF-8.
#[must_use]
pub fn report_json(report: &Report) -> Vec<u8> {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("format".to_owned(), json!(FORMAT));
        object.insert("version".to_owned(), json!(VERSION));
    }
    canonical(&value)
}

/// Reads what [`report_json`] wrote.
///
/// # Errors
/// A [`BundleError`]; what is not the one canonical form of a valid report is refused, so that a digest has one report.
pub fn read_report_json(bytes: &[u8]) -> Result<Report, BundleError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    if bytes.len() > MAX_REPORT_BYTES {
        return Err(BundleError::TooLarge);
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| BundleError::NotAReport)?;
    match head {
        Head { format, .. } if format != FORMAT => return Err(BundleError::NotAReport),
        Head { version, .. } if version > VERSION => return Err(BundleError::Newer(version)),
        Head { version: VERSION, .. } => {}
        Head { .. } => return Err(BundleError::NotAReport),
    }
    let report: Report = serde_json::from_slice(bytes).map_err(|_| BundleError::OutOfLimits)?;
    match report.settled() {
        Ok(settled) if settled == report && report_json(&report) == bytes => Ok(report),
        Ok(_) => Err(BundleError::Altered),
        Err(_) => Err(BundleError::OutOfLimits),
    }
}

/// The digest of a settled report.
#[must_use]
pub fn digest(report: &Report) -> Sha256 {
    Sha256::of(&report_json(report))
}

/// The digest of a comparison, this JSON: of its canonical form, without the times, which are no part of the result. `None` when it is no
/// JSON object.
#[must_use]
pub fn comparison_digest(json: &str) -> Option<Sha256> {
    let mut value: serde_json::Value = serde_json::from_str(json).ok()?;
    value.as_object_mut()?.remove("timing_ms");
    Some(Sha256::of(&canonical(&value)))
}

/// A digest as people compare it: four groups of four digits.
#[must_use]
pub fn fingerprint(digest: Sha256) -> String {
    let text = digest.to_string();
    let groups: Vec<_> = (0..4).filter_map(|k| text.get(4 * k..4 * k + 4)).collect();
    groups.join(" ")
}

/// An Ed25519 public key, in text 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// True for the few points of small order: a signature of such a key fits any statement, so it shows nothing. The list is that of all
    /// encodings, the sign bit left out (Cremers and Jackson 2019, "Prime, Order Please!", section 2).
    #[must_use]
    pub fn is_weak(&self) -> bool {
        const EIGHTH: [[u8; 32]; 2] = [
            [
                0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
                0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
            ],
            [
                0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
                0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
            ],
        ];
        let mut key = self.0;
        let [first, middle @ .., last] = &mut key;
        *last &= 0x7f;
        let low = *middle == [0; 30] && *last == 0 && *first <= 1;
        // p − 1, p and p + 1 of the field of 2²⁵⁵ − 19.
        let high = *middle == [0xff; 30] && *last == 0x7f && (0xec..=0xee).contains(first);
        low || high || EIGHTH.contains(&key)
    }
}

/// The two halves of an Ed25519 signature, in text 128 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SignatureBytes(pub ([u8; 32], [u8; 32]));

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        Sha256(key.0).to_string()
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse::<Sha256>().map(|bytes| Self(bytes.0)).map_err(|_| "a public key has 64 hexadecimal digits")
    }
}

impl From<SignatureBytes> for String {
    fn from(bytes: SignatureBytes) -> Self {
        Sha256(bytes.0.0).to_string() + &Sha256(bytes.0.1).to_string()
    }
}

impl TryFrom<String> for SignatureBytes {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let half = |half: Option<&str>| half.and_then(|half| half.parse::<Sha256>().ok()).map(|bytes| bytes.0);
        let (first, second) = (half(text.get(..64)), half(text.get(64..)));
        first.zip(second).map(Self).ok_or("a signature has 128 hexadecimal digits")
    }
}

/// Who vouches for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// What the signer calls themselves; the key proves that it is always the same one, not that the name is true.
    pub name: String,
    /// Theirs.
    pub key: PublicKey,
    /// SHA-256 of the manifest of the bundle that was signed; `None` when no picture went with the report.
    pub evidence: Option<Sha256>,
    /// Of [`Signature::statement`].
    pub signature: SignatureBytes,
}

impl Signature {
    /// The bytes that are signed, for the report with this digest.
    #[must_use]
    pub fn statement(report: Sha256, name: &str, key: PublicKey, evidence: Option<Sha256>) -> Vec<u8> {
        canonical(&json!({
            "evidence": evidence, "format": "boardwatch-signature", "key": key, "name": name, "report": report, "version": 1,
        }))
    }

    /// What this signature has to be one of.
    #[must_use]
    pub fn signed(&self, report: Sha256) -> Vec<u8> {
        Self::statement(report, &self.name, self.key, self.evidence)
    }

    /// True when it can be kept and shared faithfully; whether it fits is for the shells to tell.
    pub(super) fn is_valid(&self) -> bool {
        (1..=MAX_TITLE_CHARS).contains(&self.name.chars().count())
    }
}

/// The signature as a file.
pub(super) fn signature_json(signature: &Signature) -> Vec<u8> {
    canonical(&json!(signature))
}
