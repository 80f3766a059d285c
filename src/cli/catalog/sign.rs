//! Keys, and signing with them.

use std::io::Read as _;
use std::path::Path;

use ed25519_dalek::{Signer as _, SigningKey};

use super::read;
use crate::cli::files::write;
use crate::report::{CatalogueSignature, PublicKey, SignatureBytes};
use crate::vision::Sha256;

/// Makes a key that nobody else has; the file is for its owner alone.
pub(super) fn make_key(out: &Path) -> Result<(), String> {
    if out.exists() {
        return Err(format!("{} is there already; a key is not written over.", out.display()));
    }
    let mut secret = [0; 32];
    // The system's own source of chance; `fs::read` would read on for ever.
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut secret))
        .map_err(|error| format!("This system gives no random numbers at /dev/urandom ({error}), so no key was made."))?;
    write(out, format!("{}\n", Sha256(secret)).as_bytes())?;
    private(out)?;
    let public = String::from(public_key(&SigningKey::from_bytes(&secret)));
    println!(
        "A key was written to {}. Keep it secret and keep a copy: whoever has pinned it is warned when it changes.",
        out.display()
    );
    println!("Its public half, to be published: {public}");
    Ok(())
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(|error| format!("{} could not be kept from others: {error}.", path.display()))
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), String> {
    Ok(())
}

/// The signature of `catalog.json` by the key in this file.
pub(super) fn sign(catalogue: &[u8], key: &Path) -> Result<CatalogueSignature, String> {
    let text = read(key)?;
    let secret = std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse::<Sha256>().ok());
    let secret = secret.ok_or_else(|| format!("{} is no key: `boardwatch catalog key` makes one.", key.display()))?;
    let key = SigningKey::from_bytes(&secret.0);
    let signature = key.sign(&CatalogueSignature::signed(catalogue));
    let halves = (*signature.r_bytes(), *signature.s_bytes());
    Ok(CatalogueSignature { key: public_key(&key), signature: SignatureBytes(halves) })
}

fn public_key(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}
