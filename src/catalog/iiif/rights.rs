//! Licences, as SPDX names them and as IIIF does: by an address of Creative Commons or of rightsstatements.org.

const CREATIVE_COMMONS: &str = "://creativecommons.org/";
const ZERO: &str = "publicdomain/zero/1.0/";
const KINDS: [&str; 6] = ["BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"];

/// The address that stands for a licence of Creative Commons, from its SPDX name.
pub(super) fn rights(licence: &str) -> Option<String> {
    if licence == "CC0-1.0" {
        return Some(format!("http{CREATIVE_COMMONS}{ZERO}"));
    }
    let (kind, version) = licence.strip_prefix("CC-")?.rsplit_once('-')?;
    let known = KINDS.contains(&kind) && ["3.0", "4.0"].contains(&version);
    known.then(|| format!("http{CREATIVE_COMMONS}licenses/{}/{version}/", kind.to_ascii_lowercase()))
}

/// The SPDX name of what an address stands for; `None` when it is not known.
pub(super) fn licence(rights: &str) -> Option<String> {
    let (scheme, rest) = rights.split_once("://")?;
    if !["http", "https"].contains(&scheme) {
        return None;
    }
    let steps: Vec<&str> = rest.trim_end_matches('/').split('/').collect();
    match steps[..] {
        ["creativecommons.org", "publicdomain", "zero", "1.0"] => Some("CC0-1.0".to_owned()),
        ["creativecommons.org", "publicdomain", "mark", "1.0"] => Some("LicenseRef-PublicDomainMark-1.0".to_owned()),
        ["creativecommons.org", "licenses", kind, version @ ("2.0" | "2.5" | "3.0" | "4.0")] => {
            let kind = kind.to_ascii_uppercase();
            KINDS.contains(&kind.as_str()).then(|| format!("CC-{kind}-{version}"))
        }
        ["rightsstatements.org", "vocab", statement, "1.0"]
            if statement.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') =>
        {
            Some(format!("LicenseRef-{statement}-1.0"))
        }
        _ => None,
    }
}

#[test]
fn licences_and_their_addresses() {
    let address = |kind: &str| Some(format!("http://creativecommons.org/{kind}/"));
    assert_eq!(rights("CC-BY-SA-4.0"), address("licenses/by-sa/4.0"));
    assert_eq!(rights("CC0-1.0"), address("publicdomain/zero/1.0"));
    assert_eq!((rights("MIT"), rights("CC-BY-4.0 OR MIT"), rights("CC-XX-4.0")), (None, None, None));
    for name in ["CC0-1.0", "CC-BY-4.0", "CC-BY-NC-ND-3.0"] {
        assert_eq!(licence(&rights(name).unwrap()).as_deref(), Some(name));
    }
    assert_eq!(licence("https://rightsstatements.org/vocab/InC/1.0/").as_deref(), Some("LicenseRef-InC-1.0"));
    for other in [
        "",
        "MIT",
        "https://example.org/licence",
        "ftp://creativecommons.org/publicdomain/zero/1.0/",
        "http://creativecommons.org/licenses/xx/4.0/",
    ] {
        assert_eq!(licence(other), None, "{other}");
    }
}
