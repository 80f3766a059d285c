//! How cases are divided among files. What is written and read is tested in `tests/backup`.

use super::dividing::{Limits, divide};
use super::{
    MAX_BACKUP_BYTES, MAX_BACKUP_CASES, MAX_BACKUP_PICTURES, MAX_CASE_BYTES, Piece, StoredCase, StoredPicture, Volume,
    begins_like_backup,
};
use crate::app::{CaseId, CaseSummary};
use crate::vision::{PictureFacts, Sha256};

const SMALL: Limits = Limits { bytes: 10_000, cases: 100, pictures: 100, list_bytes: 100_000 };

fn hash(number: u8) -> Sha256 {
    Sha256([number; 32])
}

fn case(id: u32, pictures: &[u8]) -> StoredCase {
    let photo = PictureFacts { sha256: hash(0), width: 1, height: 1 };
    let summary = CaseSummary {
        id: CaseId(id),
        title: "x".repeat(300),
        board: String::new(),
        findings: 0,
        answered: None,
        photo,
        changed_ms: 1.0,
    };
    StoredCase::of(&summary, None, &pictures.iter().map(|number| hash(*number)).collect(), "{}")
}

fn picture(number: u8, bytes: u64) -> StoredPicture {
    StoredPicture { sha256: hash(number), bytes, crc32: 7 }
}

/// Cases, pictures and what is missing of each file.
fn divided(cases: &[StoredCase], pictures: &[StoredPicture], limits: &Limits) -> Vec<(Vec<u32>, Vec<u8>, Vec<u8>)> {
    let first = |sha256: &Sha256| sha256.0[0];
    let told = |part: &super::dividing::Part| {
        // What a reader would refuse is not written.
        assert!(Volume::of_part("", 0.0, part).is_ok());
        let ids = part.cases.iter().map(|case| case.listed.id.0).collect();
        (ids, part.pictures.keys().map(first).collect(), part.missing().iter().map(first).collect())
    };
    divide(cases, pictures, limits).iter().map(told).collect()
}

#[test]
fn what_fits_is_one_file_and_a_picture_is_in_it_once() {
    let cases = [case(1, &[1, 2]), case(2, &[2, 3]), case(3, &[])];
    let pictures = [picture(2, 500), picture(1, 500), picture(9, 500)];
    assert_eq!(divided(&cases, &pictures, &SMALL), [(vec![1, 2, 3], vec![1, 2], vec![3])]);
    assert_eq!(divided(&[], &pictures, &SMALL), [(vec![], vec![], vec![])], "a file of nothing is a file, too");
}

#[test]
fn where_a_case_does_not_fit_the_next_file_begins_with_all_its_pictures() {
    let cases = [case(1, &[1, 3]), case(2, &[1, 2]), case(3, &[2])];
    let pictures = [picture(1, 5_000), picture(2, 4_000), picture(3, 500)];
    let divided = |limits: Limits| divided(&cases, &pictures, &limits);
    assert_eq!(divided(Limits { bytes: 10_500, ..SMALL }), [(vec![1], vec![1, 3], vec![]), (vec![2, 3], vec![1, 2], vec![])]);
    // Two texts of 2 bytes, 9,500 bytes of pictures, and 256 bytes of frame for each of the five.
    let just = 2 * 2 + 9_500 + 5 * 256;
    assert_eq!(divided(Limits { bytes: just, ..SMALL }), [(vec![1, 2], vec![1, 2, 3], vec![]), (vec![3], vec![2], vec![])]);
    assert_eq!(divided(Limits { bytes: just - 1, ..SMALL }).first(), Some(&(vec![1], vec![1, 3], vec![])));
    assert_eq!(divided(Limits { cases: 1, ..SMALL }).len(), 3);
    assert_eq!(divided(Limits { list_bytes: 3_600, ..SMALL }).len(), 3);
}

#[test]
fn a_case_whose_pictures_are_too_much_is_in_several_files_which_together_have_them_all() {
    let pictures = [1, 2, 3, 4].map(|number| picture(number, 4_000));
    let split = divided(&[case(5, &[]), case(6, &[1, 2, 3, 4])], &pictures, &SMALL);
    assert_eq!(split, [(vec![5], vec![], vec![]), (vec![6], vec![1, 2], vec![3, 4]), (vec![6], vec![3, 4], vec![1, 2])]);
    let by_count =
        divided(&[case(6, &[1, 2, 3])], &pictures.map(|one| StoredPicture { bytes: 1, ..one }), &Limits { pictures: 2, ..SMALL });
    assert_eq!(by_count, [(vec![6], vec![1, 2], vec![3]), (vec![6], vec![3], vec![1, 2])]);
    let too_large = divided(&[case(6, &[1, 2])], &[picture(1, 10_001), picture(2, 1)], &SMALL);
    assert_eq!(too_large, [(vec![6], vec![2], vec![1])], "a picture that no file takes is said to be missing");
}

#[test]
fn no_file_is_ever_4_gib() {
    let giga = 1 << 30;
    let cases: Vec<_> = (1..=20).map(|number| case(number, &[number as u8, 1])).collect();
    let pictures: Vec<_> = (1..=20).map(|number| picture(number, giga - u64::from(number) * 9_999)).collect();
    let volumes = Volume::of("", 0.0, &cases, &pictures).unwrap();
    assert!(volumes.len() > 6);
    for volume in &volumes {
        let bytes = |piece: &Piece| match piece {
            Piece::Frame(bytes) => bytes.len() as u64,
            Piece::Case(_) => 2,
            Piece::Picture(sha256) => {
                pictures.iter().find(|picture| picture.sha256 == *sha256).map_or(0, |picture| picture.bytes)
            }
        };
        assert!(volume.pieces.iter().map(bytes).sum::<u64>() <= MAX_BACKUP_BYTES && volume.list.missing.is_empty());
        let Some(Piece::Frame(head)) = volume.pieces.first() else { panic!("it begins with its frame") };
        assert!(begins_like_backup(&head[..64]) && !crate::report::begins_like_report(&head[..64]));
    }
    let held: Vec<_> = volumes.iter().flat_map(|volume| volume.list.cases.iter().map(|case| case.id.0)).collect();
    assert_eq!(held, (1..=20).collect::<Vec<_>>());
}

#[test]
fn what_no_reader_takes_is_not_written() {
    let large = StoredCase { bytes: MAX_CASE_BYTES as u64 + 1, ..case(1, &[]) };
    let error = Volume::of("", 0.0, &[large], &[]).unwrap_err().to_string();
    assert!(error.contains("larger than 64 MB"), "{error}");
    assert!(Volume::of("", f64::NAN, &[], &[]).is_err() && Volume::of("", -1.0, &[], &[]).is_err());
    assert!(Volume::of("", 0.0, &[case(1, &[]), case(1, &[])], &[]).is_err(), "two cases of one number");
    // The end of a ZIP counts entries by 16 bits, of which the highest number means "elsewhere".
    const { assert!(1 + MAX_BACKUP_CASES + MAX_BACKUP_PICTURES < u16::MAX as usize) }
}
