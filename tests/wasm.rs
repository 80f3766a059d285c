//! What runs in a browser gives the numbers that it gives natively: this file's tests run in both.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

use boardwatch::geometry::{Homography, Photo, Point, Reference};

#[test]
fn a_homography_and_its_inverse_have_the_same_bits_everywhere() {
    let (sin, cos) = (libm::sin(0.3), libm::cos(0.3));
    let there = Homography::<Photo, Reference>::new([cos, -sin, 40.0, sin, cos, -7.0, 1e-5, -2e-5, 1.0]);
    let back = there.inverse().expect("a turned picture can be turned back");
    let mut bits = 0_u64;
    for step in 0..1000 {
        let landed = there.apply(Point::new(f64::from(step) * 4.1, f64::from(step) * 2.7));
        let returned = back.apply(landed);
        for value in [landed.x, landed.y, returned.x, returned.y] {
            bits = bits.rotate_left(7) ^ value.to_bits();
        }
    }
    assert_eq!(bits, 0x8b3b_4439_3154_d102, "{bits:#018x}");
}

#[test]
fn a_comparison_is_the_same_byte_for_byte_everywhere() {
    use boardwatch::vision::{ExamineConfig, Files, Ignore, Sha256, Verdict, compare_files};
    let photo: &[u8] = include_bytes!("../static/catalog/specimen/sample-small.jpg");
    let references: [&[u8]; 2] = [
        include_bytes!("../static/catalog/specimen/unit-1-small.jpg"),
        include_bytes!("../static/catalog/specimen/unit-2-small.jpg"),
    ];
    let comparison =
        compare_files(&Files::of(photo, &references), &ExamineConfig::default(), &mut Ignore).expect("all can be read");
    assert_eq!(comparison.alignment.verdict, Verdict::Aligned, "{:?}", comparison.alignment.reason);
    assert!(comparison.differences.iter().any(|difference| difference.spread.is_some()), "what is found nowhere proves little");
    let json = serde_json::to_vec(&comparison).expect("every number is finite");
    // When the method changes on purpose, the digest that the native run prints is the new one; the browser has to agree.
    assert_eq!(Sha256::of(&json).to_string(), "933056b4c7151db4aab97e5c507c82e08983575c4ba90654a09d6ef272075c58");
}
