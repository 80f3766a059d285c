//! A picture with a report in it. That every form gives back what was put in is the campaign `forms`.

use boardwatch::report::write_png;
use boardwatch::vision::{Picture, decode, to_png};

use crate::random::{self, Dice};

#[test]
fn a_picture_with_a_report_is_still_that_picture() {
    let plain = Picture { width: 5, height: 4, rgb: (0..60).collect() };
    let png = write_png(&to_png(&plain).unwrap(), &random::report::bundle(&mut Dice::new(1))).unwrap();
    assert_eq!(decode(&png).unwrap(), plain);
}
