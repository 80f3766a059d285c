//! A link that points to a bundle on any web host, by its address and its hash: for reports that no link can carry.
//!
//! `b1.` and base64url of: CRC-32 of `b1.` and the rest (u32, little endian), SHA-256 of the bundle's file, its address in UTF-8.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::LinkError;
use crate::vision::Sha256;

/// How the fragment of such a link begins: *bundle*, version 1.
pub const HOSTED_PREFIX: &str = "b1.";
/// Bytes of an address: more than any host needs.
const MAX_ADDRESS_BYTES: usize = 2000;

/// Where a bundle is, and which one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosted {
    /// http or https.
    pub address: String,
    /// Of the bundle's file.
    pub sha256: Sha256,
}

impl Hosted {
    /// The host's name, for a person who decides whether to ask it; `None` when the address is none that is ever asked.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        let rest = self.address.strip_prefix("https://").or_else(|| self.address.strip_prefix("http://"))?;
        let host = rest.split(['/', '?', '#', '\\']).next().filter(|host| !host.is_empty())?;
        // A name before an @ makes one host look like another, and so do letters of other scripts: addresses are written in ASCII, with
        // punycode and percent signs.
        let is_plain = self.address.bytes().all(|b| b.is_ascii_graphic());
        let fits = self.address.len() <= MAX_ADDRESS_BYTES && is_plain && !host.contains('@');
        fits.then_some(host)
    }
}

/// The fragment that points there.
///
/// # Errors
/// [`LinkError::OutOfLimits`] when the address is none of http or https, or longer than 2,000 bytes.
pub fn write_hosted(hosted: &Hosted) -> Result<String, LinkError> {
    hosted.host().ok_or(LinkError::OutOfLimits)?;
    let rest = [&hosted.sha256.0[..], hosted.address.as_bytes()].concat();
    Ok(format!("{HOSTED_PREFIX}{}", URL_SAFE_NO_PAD.encode([&checksum(&rest)[..], &rest].concat())))
}

/// Where a fragment points.
///
/// # Errors
/// A [`LinkError`] that says what is wrong.
pub fn read_hosted(fragment: &str) -> Result<Hosted, LinkError> {
    let text = fragment.strip_prefix(HOSTED_PREFIX).ok_or(LinkError::NotAReport)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Altered)?;
    let (sum, rest) = bytes.split_first_chunk::<4>().ok_or(LinkError::CutEarly)?;
    if checksum(rest) != *sum {
        return Err(LinkError::Altered);
    }
    let (sha256, address) = rest.split_first_chunk::<32>().ok_or(LinkError::OutOfLimits)?;
    let address = String::from_utf8(address.to_vec()).map_err(|_| LinkError::OutOfLimits)?;
    let hosted = Hosted { address, sha256: Sha256(*sha256) };
    if hosted.host().is_some() { Ok(hosted) } else { Err(LinkError::OutOfLimits) }
}

fn checksum(rest: &[u8]) -> [u8; 4] {
    crc32fast::hash(&[HOSTED_PREFIX.as_bytes(), rest].concat()).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosted(address: &str) -> Hosted {
        Hosted { address: address.to_owned(), sha256: Sha256([7; 32]) }
    }

    #[test]
    fn an_address_comes_back_and_a_changed_link_does_not_open() {
        let there = hosted("https://boards.example/reports/a.boardwatch?v=2");
        let link = write_hosted(&there).unwrap();
        assert_eq!(read_hosted(&link), Ok(there));
        for place in HOSTED_PREFIX.len()..link.len() {
            let mut changed = link.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            assert!(read_hosted(std::str::from_utf8(&changed).unwrap()).is_err(), "{place}");
            assert!(read_hosted(&link[..place]).is_err(), "cut to {place}");
        }
    }

    #[test]
    fn only_plain_addresses_of_the_web_are_ever_asked() {
        for address in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://boards.example/a",
            "blob:https://boards.example/1",
            "//boards.example/a",
            "https://",
            "https:///a",
            "https://bank.example@evil.example/a",
            "https://boards.example/a b",
            "https://boards.example/\u{7}",
            " https://boards.example/a",
            "HTTPS://boards.example",
            "https://bank.example\u{3002}evil.example/a",
            "",
        ] {
            assert_eq!(write_hosted(&hosted(address)), Err(LinkError::OutOfLimits), "{address}");
        }
        assert_eq!(hosted("https://boards.example:8080/a").host(), Some("boards.example:8080"));
        assert!(write_hosted(&hosted(&format!("https://a.example/{}", "x".repeat(2000)))).is_err());
    }
}
