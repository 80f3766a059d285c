//! What cargo knows about this workspace.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::dist::root;
use crate::step::{self, Failure};

/// The product's package.
const PRODUCT: &str = "boardwatch";

/// A package that the workspace is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// `name version`.
    pub title: String,
    /// Its licence expression, when it states one.
    pub licence: Option<String>,
    /// Whether it reaches the product's users, or only its developers (tests and build).
    pub shipped: bool,
}

/// The workspace as cargo resolves it.
pub struct Metadata(Value);

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo fails, as it does when Cargo.lock does not fit Cargo.toml.
    pub fn read() -> Result<Self, Failure> {
        let mut cargo = step::cargo();
        cargo.args(["metadata", "--format-version", "1", "--locked"]).current_dir(root());
        let text = step::output(&mut cargo, "If Cargo.lock lags behind Cargo.toml, run `cargo check` and commit the lock file.")?;
        Self::parse(&text).ok_or_else(|| Failure::Sentence("`cargo metadata` printed no JSON.".to_owned()))
    }

    fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// Names of the product's integration tests (the files and folders of `tests/`).
    #[must_use]
    pub fn integration_tests(&self) -> Vec<String> {
        let product = self.packages().find(|package| text(package, "name") == PRODUCT);
        let targets = product.into_iter().flat_map(|package| list(package, "targets"));
        let tests = targets.filter(|target| list(target, "kind").any(|kind| kind == "test"));
        tests.map(|target| text(target, "name").to_owned()).collect()
    }

    /// Every package from outside the workspace, on any platform.
    #[must_use]
    pub fn dependencies(&self) -> Vec<Package> {
        let shipped = self.shipped();
        self.packages()
            .filter(|package| !package["source"].is_null())
            .map(|package| Package {
                title: format!("{} {}", text(package, "name"), text(package, "version")),
                licence: package["license"].as_str().map(str::to_owned),
                shipped: shipped.contains(text(package, "id")),
            })
            .collect()
    }

    /// Ids of the packages that the product reaches by normal dependencies alone.
    fn shipped(&self) -> BTreeSet<&str> {
        let nodes: BTreeMap<&str, &Value> = list(&self.0["resolve"], "nodes").map(|node| (text(node, "id"), node)).collect();
        let product = self.packages().find(|package| text(package, "name") == PRODUCT);
        let mut waiting: Vec<&str> = product.map(|package| text(package, "id")).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if seen.insert(id)
                && let Some(node) = nodes.get(id)
            {
                let normal = |dependency: &&Value| list(dependency, "dep_kinds").any(|kind| kind["kind"].is_null());
                waiting.extend(list(node, "deps").filter(normal).map(|dependency| text(dependency, "pkg")));
            }
        }
        seen
    }

    fn packages(&self) -> impl Iterator<Item = &Value> {
        list(&self.0, "packages")
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_reach_is_not_shipped() {
        let metadata = Metadata::parse(
            r#"{
            "packages": [
                {"id": "b", "name": "boardwatch", "version": "1", "source": null,
                 "targets": [{"name": "boardwatch", "kind": ["lib"]}, {"name": "tidy", "kind": ["test"]}]},
                {"id": "n", "name": "normal", "version": "1", "source": "r", "license": "MIT"},
                {"id": "d", "name": "deeper", "version": "2", "source": "r", "license": null},
                {"id": "t", "name": "testing", "version": "3", "source": "r", "license": "ISC"}],
            "resolve": {"nodes": [
                {"id": "b", "deps": [{"pkg": "n", "dep_kinds": [{"kind": null}]}, {"pkg": "t", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "n", "deps": [{"pkg": "d", "dep_kinds": [{"kind": null}, {"kind": "build"}]}]}]}}"#,
        )
        .expect("JSON");
        let package = |title: &str, licence: Option<&str>, shipped| Package {
            title: title.into(),
            licence: licence.map(str::to_owned),
            shipped,
        };
        let expected =
            [package("normal 1", Some("MIT"), true), package("deeper 2", None, true), package("testing 3", Some("ISC"), false)];
        assert_eq!(metadata.dependencies(), expected);
        assert_eq!(metadata.integration_tests(), ["tidy"]);
    }
}
