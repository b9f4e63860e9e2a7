//! What the program of a package does on the machine that deploys it.

/// Prints a program's interface, or the declaration of its constructor, as `cargo stylus export-abi`
/// asks for them. Takes the text of the interface.
#[macro_export]
macro_rules! export_abi {
    ($interface:expr) => {
        fn main() {
            match std::env::args().nth(1).as_deref() {
                Some("constructor") => println!("{}", $crate::export::constructor($interface)),
                _ => print!("{}", $interface),
            }
        }
    };
}

/// The declaration of the constructor, without its empty body; nothing if there is none.
#[must_use]
pub fn constructor(interface: &str) -> &str {
    interface
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("constructor("))
        .map_or("", |line| line.trim_end_matches(" {}"))
}
