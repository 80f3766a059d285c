//! The JSON Schema beside the format's page, as other programmes use it.

use std::path::Path;

use boon::{Compiler, Schemas};
use serde_json::Value;

/// A problem of a catalogue's file, as the schema sees it; `None` when there is none.
pub(crate) fn problem(file: &Value) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats/catalogue.schema.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("catalogue.schema.json", schema).unwrap();
    let index = compiler.compile("catalogue.schema.json", &mut schemas).unwrap();
    schemas.validate(file, index).err().map(|error| error.to_string())
}

/// The same of a file's bytes.
pub(crate) fn problem_of(bytes: &[u8]) -> Option<String> {
    problem(&serde_json::from_slice(bytes).unwrap())
}
