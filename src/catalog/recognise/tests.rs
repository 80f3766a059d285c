//! Files of codes that are whole, and files that are not.

use super::*;
use crate::vision::{AlignConfig, Codes, Picture, ReferenceFeatures, Sha256};

fn coded(number: u32) -> CodedReference {
    let value = |k: usize| ((k * 7 + k / 640 * 31 * number as usize) % 256) as u8;
    let picture = Picture { width: 200, height: 160, rgb: (0..200 * 160 * 3).map(value).collect() };
    let facts = PictureFacts { sha256: Sha256([number as u8; 32]), width: 200, height: 160 };
    let codes = Codes::of(&ReferenceFeatures::find(&picture, facts, &AlignConfig::default()));
    let side = if number.is_multiple_of(2) { Side::Top } else { Side::Bottom };
    CodedReference { number, board: format!("board-{number}"), side, codes }
}

#[test]
fn files_give_back_what_went_in_and_stay_small() {
    let references: Vec<CodedReference> = (1..=3).map(coded).collect();
    let files = write_codes(&references);
    assert_eq!(files.len(), 1);
    assert_eq!(read_codes(&files[0]), Ok(references.clone()));
    assert!(write_codes(&[]).is_empty());
    let many: Vec<CodedReference> = references.iter().cycle().take(30_000).cloned().collect();
    let files = write_codes(&many);
    assert!(files.len() > 1 && files.iter().all(|file| file.len() < MOST_CODE_BYTES), "{}", files.len());
    let read: Vec<CodedReference> = files.iter().flat_map(|file| read_codes(file).unwrap()).collect();
    assert_eq!(read, many);
}

#[test]
fn a_damaged_file_is_refused_with_a_sentence() {
    let good = write_codes(&[coded(1), coded(2)]).remove(0);
    for length in 0..good.len() {
        assert!(matches!(read_codes(&good[..length]), Err(CatalogueError::BrokenCodes(_))), "{length}");
    }
    let changed = |at: usize, with: &[u8]| {
        let mut bytes = good.clone();
        bytes[at..at + with.len()].copy_from_slice(with);
        read_codes(&bytes).err()
    };
    assert_eq!(changed(7, &[2]), Some(CatalogueError::OtherCodes));
    assert!(matches!(changed(0, b"PK"), Some(CatalogueError::BrokenCodes(_))));
    assert!(matches!(changed(8, &[1]), Some(CatalogueError::BrokenCodes(_))), "longer than it says");
    assert!(matches!(changed(8, &[255; 4]), Some(CatalogueError::TooMany { .. })));
    assert_eq!(changed(12, &[255; 4]), Some(CatalogueError::BadNumber { field: "number of a board" }));
    assert_eq!(changed(17, b"../../x"), Some(CatalogueError::BadText { field: "identifier" }));
    assert_eq!(changed(17, &[0xff]), Some(CatalogueError::BadText { field: "identifier" }));
    assert!(matches!(changed(24, &[2]), Some(CatalogueError::BrokenCodes(_))), "a third side");
    assert!(matches!(read_codes(&vec![0; MOST_CODE_BYTES + 1]), Err(CatalogueError::BrokenCodes(_))));
}

#[test]
fn a_damaged_catalogue_takes_no_part_and_leaves_the_others() {
    let photo = include_bytes!("../../../static/catalog/specimen/sample-small.jpg");
    let good = write_codes(&[coded(1)]).remove(0);
    let files = [(0, &good[..]), (1, &good[..]), (1, &good[..20])];
    let said = recognise(photo, &files, &mut crate::vision::Ignore).unwrap();
    assert!(matches!(&said.unread[..], [(1, why)] if why.contains("damaged")), "{:?}", said.unread);
    assert!(said.boards.iter().all(|board| board.catalogue == 0));
}

#[test]
fn what_is_no_photo_is_said() {
    let said = recognise(b"no picture", &[], &mut crate::vision::Ignore);
    assert!(matches!(said, Err(RecogniseError::Photo(_))), "{said:?}");
    let files = vec![(0, &b""[..]); MOST_CODE_FILES + 1];
    let said = recognise(b"", &files, &mut crate::vision::Ignore);
    assert!(matches!(said, Err(RecogniseError::Catalogue(CatalogueError::TooMany { .. }))), "{said:?}");
}
