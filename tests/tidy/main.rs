//! The sources keep the invariants that src/lib.rs states.
//!
//! Each rule is a function from a file to its complaints; beside it a test shows that it can fail.

#![cfg(not(target_arch = "wasm32"))]

mod code;
mod dependencies;
mod files;
mod limits;
mod page;
mod prose;
mod rooms;
mod source;

use source::{File, tracked};

type Rule = fn(&File) -> Vec<String>;

/// Every complaint that `rule` has about any file of the repository fails the test.
fn keep(rule: Rule) {
    let complaints: Vec<String> = tracked().iter().flat_map(rule).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn dependencies_run_one_way() {
    keep(rooms::one_way);
}

#[test]
fn browser_crates_are_named_in_web_and_ui_alone() {
    keep(rooms::browser_names);
}

#[test]
fn pure_rooms_touch_no_system() {
    keep(rooms::system);
}

#[test]
fn rooms_that_read_outside_data_deny_unchecked_access() {
    keep(code::checked_access);
}

#[test]
fn exceptions_from_lints_say_why() {
    keep(code::reasons);
}

#[test]
fn unsafe_stands_below_a_measurement() {
    keep(code::measured_unsafe);
}

#[test]
fn the_page_of_limits_is_that_of_the_code() {
    let files = tracked();
    let page = files.iter().find(|file| file.path == "docs/limits.md").expect("the page of limits");
    let complaints = limits::disagreements(page.text(), &files);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn nothing_is_left_undone() {
    keep(code::unfinished);
}

#[test]
fn files_end_before_400_lines() {
    keep(files::length);
}

#[test]
fn names_say_what_is_inside() {
    keep(files::name);
}

#[test]
fn files_are_light() {
    keep(files::weight);
}

#[test]
fn the_page_obeys_a_strict_content_security_policy() {
    keep(page::inline);
}

#[test]
fn text_never_becomes_markup() {
    keep(page::sinks);
}

#[test]
fn no_machine_is_named() {
    keep(prose::machines);
}

#[test]
fn links_between_pages_lead_somewhere() {
    keep(prose::links);
}

#[test]
fn every_dependency_says_why() {
    keep(dependencies::reasons);
}

#[test]
fn every_locked_package_comes_from_crates_io() {
    keep(dependencies::sources);
}
