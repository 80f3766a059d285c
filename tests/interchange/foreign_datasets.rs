//! Datasets as other programmes write them.

use boardwatch::geometry::{Point, Rect};
use boardwatch::report::interchange::{Imported, InterchangeError, from_coco, read_findings};
use boardwatch::report::{FindingKind, Shape};
use serde_json::{Value, json};

use crate::reference;

fn dataset(images: &Value, annotations: &Value) -> String {
    json!({
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 7, "name": "Bodge-Wire", "supercategory": ""}, {"id": 8, "name": "capacitor"}],
    })
    .to_string()
}

fn read(text: &str) -> Imported {
    from_coco(text, &reference()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn boxes_polygons_and_masks_are_read() {
    let image = json!([{"id": 3, "width": 4000, "height": 3000, "file_name": "else.png"}]);
    let annotations = json!([
        {"id": 11, "image_id": 3, "category_id": 7, "bbox": [10, 20, 30, 40], "segmentation": [], "iscrowd": 0, "area": 1200},
        {"id": 12, "image_id": 3, "category_id": 8, "bbox": [0, 0, 9, 9], "segmentation": [[0, 0, 9, 0, 9, 9], [1, 1, 2, 2, 3, 1, 1, 1]]},
        {"id": 13, "image_id": 3, "bbox": [5, 6, 7, 8], "segmentation": {"counts": "abc", "size": [3000, 4000]}, "iscrowd": 1},
        {"id": 14, "image_id": 3, "category_id": 99, "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 4, 2, 4, 6, 1, 6]]},
    ]);
    let imported = read(&dataset(&image, &annotations));
    let shapes: Vec<_> = imported.findings.iter().map(|finding| finding.shapes.clone()).collect();
    let polygon = |corners: &[[f64; 2]]| Shape::Polygon(corners.iter().map(|[x, y]| Point::new(*x, *y)).collect());
    assert_eq!(
        shapes,
        [
            vec![Shape::Box(Rect::new(10.0, 20.0, 30.0, 40.0))],
            vec![polygon(&[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0]]), polygon(&[[1.0, 1.0], [2.0, 2.0], [3.0, 1.0]])],
            vec![Shape::Box(Rect::new(5.0, 6.0, 7.0, 8.0))],
            vec![Shape::Box(Rect::new(1.0, 2.0, 3.0, 4.0))],
        ]
    );
    assert_eq!(imported.findings[0].kind, FindingKind::BodgeWire);
    assert_eq!((imported.findings[1].kind, &imported.findings[1].tags[..]), (FindingKind::Other, &["capacitor".to_owned()][..]));
    assert_eq!(imported.losses_in_words(), ["1 mask was read as the box around it."]);
    assert_eq!(imported.skipped, 0);
}

#[test]
fn the_image_is_the_one_of_this_size_and_name() {
    let annotations = json!([{"id": 1, "image_id": 1, "bbox": [1, 2, 3, 4]}, {"id": 2, "image_id": 2, "bbox": [5, 6, 7, 8]}]);
    let two = |first: Value, second: Value| dataset(&json!([first, second]), &annotations);
    let this = |name: &str, id: u32| json!({"id": id, "width": 4000, "height": 3000, "file_name": name});
    for text in
        [two(this("a.jpg", 1), json!({"id": 2, "width": 4000, "height": 2999})), two(this("board.jpg", 1), this("b.jpg", 2))]
    {
        let imported = read(&text);
        assert_eq!(imported.findings[0].shapes, [Shape::Box(Rect::new(1.0, 2.0, 3.0, 4.0))]);
        assert_eq!(imported.losses_in_words(), ["1 annotation belongs to another picture: left out."]);
    }
    let undecided = from_coco(&two(this("a.jpg", 1), this("b.jpg", 2)), &reference()).unwrap_err();
    assert_eq!(undecided, InterchangeError::WhichPicture(2, "board.jpg".into()));
    assert!(undecided.to_string().contains("\"board.jpg\""), "{undecided}");
    let none = read(&dataset(&json!([]), &annotations));
    assert_eq!((none.findings.len(), none.skipped), (0, 2));
}

#[test]
fn what_marks_no_place_is_counted_with_the_reason() {
    let image = json!([{"id": "a"}]);
    for (annotation, reason) in [
        (json!({"image_id": "a", "caption": "A board"}), "no place"),
        (json!({"image_id": "a", "bbox": [1, 2, 0, 0]}), "without extent"),
        (json!({"image_id": "a", "bbox": [1, 2, "x", 4]}), "no place"),
        (json!({"image_id": "a", "bbox": [1, 2, 1e300, 4]}), "without extent"),
        (json!({"image_id": "a", "segmentation": [[1, 2, 1e300, 4, 5, 6]]}), "far off"),
        (json!({"image_id": "a", "segmentation": [[1, 2, 3, 4, 5]]}), "can't be drawn"),
        (json!({"image_id": "b", "bbox": [1, 2, 3, 4]}), "another picture"),
        (json!([]), "another picture"),
    ] {
        let imported = read(&dataset(&image, &json!([annotation])));
        assert_eq!((imported.findings.len(), imported.skipped), (0, 1), "{annotation}");
        let said = imported.losses_in_words().join(" ");
        assert!(said.contains(reason), "{annotation}: {said}");
    }
}

#[test]
fn the_format_is_recognised_by_what_the_file_holds() {
    let text = dataset(&json!([{"id": 1}]), &json!([{"image_id": 1, "bbox": [1, 2, 3, 4]}]));
    assert_eq!(read_findings(&text, &reference()).unwrap().findings.len(), 1);
    assert_eq!(read_findings("[{\"target\": \"a#xywh=1,2,3,4\"}]", &reference()).unwrap().findings.len(), 1);
    for text in ["{\"images\": []}", "{\"features\": []}", "{\"images\": 5, \"annotations\": []}"] {
        assert_eq!(read_findings(text, &reference()).unwrap_err(), InterchangeError::UnknownFormat, "{text}");
    }
}
