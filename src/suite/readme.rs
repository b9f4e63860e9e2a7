//! The table of access in `contracts/README.md`, between two markers.

use std::io;
use std::path::PathBuf;

use super::access;
use crate::artifacts::contracts_dir;

const BEGIN: &str = "<!-- written by `emetis access --write` -->\n";
const END: &str = "<!-- end -->\n";

/// The page, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
    /// What it says with the table of the list in place.
    pub expected: String,
}

/// Reads the page.
///
/// # Errors
///
/// If it cannot be read, or its markers are missing.
pub fn page() -> io::Result<Page> {
    let path = contracts_dir().join("README.md");
    let text = std::fs::read_to_string(&path)?;
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let Some((before, after)) = parts else {
        let missing = format!("{} has no table of access between its markers", path.display());
        return Err(io::Error::other(missing));
    };
    let expected = format!("{before}{BEGIN}\n{}\n{END}{after}", access::table());
    Ok(Page { path, text, expected })
}
