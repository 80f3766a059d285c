//! Keys and signatures by the browser's own cryptography (Web Cryptography API, Ed25519). Runs in the scribe: the page never sees a key.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, CryptoKeyPair, IdbTransactionMode, SubtleCrypto};

use super::store::database::{Database, StoreError, Table};
use crate::app::paper::Identity;
use crate::report::{PublicKey, Signature, SignatureBytes};
use crate::vision::Sha256;

const ALGORITHM: &str = "Ed25519";
/// The key's place in storage: there is one.
const PLACE: &str = "own";

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SigningError {
    #[error(
        "This browser can't make Ed25519 signatures, or not on a page without https. Share unsigned, or use a newer browser."
    )]
    NoCryptography,
    #[error("The key could not be kept or found ({0}). Share unsigned, or make a new key.")]
    Storage(#[from] StoreError),
    #[error("The key is no longer in this browser. Share unsigned, or make a new key.")]
    NoKey,
}

impl From<JsValue> for SigningError {
    fn from(_: JsValue) -> Self {
        Self::NoCryptography
    }
}

fn subtle() -> Result<SubtleCrypto, SigningError> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into())?;
    // Absent on pages that came over plain http.
    if Reflect::get(&crypto, &"subtle".into())?.is_object() {
        Ok(crypto.unchecked_into::<Crypto>().subtle())
    } else {
        Err(SigningError::NoCryptography)
    }
}

fn algorithm() -> Object {
    let algorithm = Object::new();
    // A new object takes any property.
    drop(Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into()));
    algorithm
}

async fn exported(format: &str, key: &CryptoKey) -> Result<Vec<u8>, SigningError> {
    let bytes = JsFuture::from(subtle()?.export_key(format, key)?).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// Makes a key and keeps it in this browser; where there is one already, that one stays. With `backup` the private key comes back as a file (PKCS #8);
/// without, nobody can ever take it out of the browser.
pub(super) async fn make(name: &str, backup: bool) -> Result<(Identity, Option<Vec<u8>>), SigningError> {
    if let Some(identity) = identity().await? {
        return Ok((identity, None));
    }
    let uses: Array = ["sign", "verify"].map(JsValue::from).iter().collect();
    let pair: CryptoKeyPair =
        JsFuture::from(subtle()?.generate_key_with_object(&algorithm(), backup, &uses)?).await?.unchecked_into();
    let (private, public) = (pair.get_private_key(), pair.get_public_key());
    let key = exported("raw", &public).await?.try_into().map_err(|_| SigningError::NoCryptography)?;
    let identity = Identity { name: name.to_owned(), key: PublicKey(key) };
    let file = if backup { Some(exported("pkcs8", &private).await?) } else { None };
    let record = Object::new();
    Reflect::set(&record, &"name".into(), &name.into())?;
    Reflect::set(&record, &"public".into(), &String::from(identity.key).into())?;
    Reflect::set(&record, &"private".into(), &private)?;
    let transaction = Database::of_keys().transaction(&[Table::Keys], IdbTransactionMode::Readwrite).await?;
    transaction.put(Table::Keys, &PLACE.into(), &record)?;
    transaction.complete().await?;
    Ok((identity, file))
}

/// Who signs in this browser, and the private key.
async fn kept() -> Result<Option<(Identity, CryptoKey)>, SigningError> {
    let transaction = Database::of_keys().transaction(&[Table::Keys], IdbTransactionMode::Readonly).await?;
    let record = transaction.get(Table::Keys, &PLACE.into()).await?;
    if record.is_undefined() {
        return Ok(None);
    }
    let text = |name: &str| Reflect::get(&record, &name.into()).ok().and_then(|value| value.as_string());
    let (name, key) = (text("name"), text("public").and_then(|key| PublicKey::try_from(key).ok()));
    let private = Reflect::get(&record, &"private".into())?.unchecked_into();
    Ok(name.zip(key).map(|(name, key)| (Identity { name, key }, private)))
}

/// Who signs in this browser.
pub(super) async fn identity() -> Result<Option<Identity>, SigningError> {
    Ok(kept().await?.map(|(identity, _)| identity))
}

/// Takes the key out of this browser.
pub(super) async fn forget() -> Result<(), SigningError> {
    let transaction = Database::of_keys().transaction(&[Table::Keys], IdbTransactionMode::Readwrite).await?;
    transaction.delete(Table::Keys, &PLACE.into())?;
    Ok(transaction.complete().await?)
}

/// Signs a statement with the key that is kept, if it is still the signer's.
pub(super) async fn sign(signer: &Identity, statement: &[u8]) -> Result<SignatureBytes, SigningError> {
    // Another tab may have made another key meanwhile.
    let (_, private) = kept().await?.filter(|(identity, _)| identity == signer).ok_or(SigningError::NoKey)?;
    let signed =
        JsFuture::from(subtle()?.sign_with_object_and_buffer_source(&algorithm(), &private, &Uint8Array::from(statement))?)
            .await?;
    let bytes = Uint8Array::new(&signed).to_vec();
    let halves = bytes.split_first_chunk::<32>().and_then(|(first, rest)| Some((*first, rest.try_into().ok()?)));
    halves.map(SignatureBytes).ok_or(SigningError::NoCryptography)
}

/// True when the signature is that of its key over the report with this digest.
pub(super) async fn fits(signature: &Signature, report: Sha256) -> Result<bool, SigningError> {
    is_signed(signature.key, signature.signature, &signature.signed(report)).await
}

/// True when the signature is that of the key over these bytes.
pub(super) async fn is_signed(key: PublicKey, signature: SignatureBytes, bytes: &[u8]) -> Result<bool, SigningError> {
    // Browsers differ on these.
    if key.is_weak() {
        return Ok(false);
    }
    let uses = Array::of1(&"verify".into());
    let key = subtle()?.import_key_with_object("raw", &Uint8Array::from(&key.0[..]), &algorithm(), true, &uses)?;
    // A key that is no point of the curve fits nothing.
    let Ok(key) = JsFuture::from(key).await else { return Ok(false) };
    let halves = [signature.0.0, signature.0.1].concat();
    let answer = subtle()?.verify_with_object_and_buffer_source_and_buffer_source(
        &algorithm(),
        &key.unchecked_into(),
        &Uint8Array::from(halves.as_slice()),
        &Uint8Array::from(bytes),
    )?;
    Ok(JsFuture::from(answer).await?.is_truthy())
}
