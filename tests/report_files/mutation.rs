//! Single bytes of a bundle. What happens to files on their way is the campaign `files`.

use boardwatch::report::{Bundle, BundleError, Shows, Signature, read_bundle, read_html, write_bundle, write_html};

use crate::random::{self, Dice};

/// Every byte of a bundle, signed with a key whose signature is checked here as the command line does.
#[test]
fn every_single_byte_edit_of_a_bundle_is_found() {
    let drawn = (0..).map(|seed| random::report::bundle(&mut Dice::new(seed)).settled().unwrap());
    let Some(bundle) = drawn.into_iter().find(|bundle| bundle.exhibits.len() > 3) else { panic!("none") };
    let signature = Signature { evidence: None, ..random::report::signature(&mut Dice::new(1)) };
    let signed = Bundle { signature: Some(signature), ..bundle.clone() };
    for bytes in [write_bundle(&bundle).unwrap(), write_bundle(&signed).unwrap()] {
        let whole = read_bundle(&bytes).unwrap();
        let mut dice = Dice::new(5);
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1 + dice.below(255) as u8;
            // A byte of the signature itself makes another signature, which does not fit; everything else is refused outright.
            let read = read_bundle(&changed);
            assert!(read.as_ref().is_err() || read.as_ref().is_ok_and(|read| read.signature != whole.signature), "byte {place}");
        }
    }
}

/// A page whose manifest names one picture as often as may be: it is refused before the picture is copied that often.
#[test]
fn a_picture_that_is_named_a_thousand_times_is_copied_not_once() {
    let drawn = (0..).map(|seed| random::report::bundle(&mut Dice::new(seed)).settled().unwrap());
    let Some(bundle) = drawn.into_iter().find(|bundle| bundle.exhibits.iter().any(|one| one.shows == Shows::Overview)) else {
        panic!("none")
    };
    let page = write_html(&bundle).unwrap();
    assert!(read_html(&page).is_ok());
    let start = page.find("\"exhibits\":[{").unwrap() + "\"exhibits\":[".len();
    let end = start + page[start..].find("]").unwrap();
    let one = &page[start..end];
    let bomb = format!("{}{}{}", &page[..start], vec![one; 2000].join(","), &page[end..]);
    assert!(bomb.len() > 1000 * one.len(), "it names them again and again");
    assert!(matches!(read_html(&bomb), Err(BundleError::OutOfLimits)), "{:?}", read_html(&bomb).err());
}
