//! Prints the program's interface, or its constructor, as `cargo stylus export-abi` asks for them.

const INTERFACE: &str = include_str!("../../../interfaces/ISequencerStaking.sol");

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("constructor") => println!("{}", constructor()),
        _ => print!("{INTERFACE}"),
    }
}

/// The declaration of the constructor, without its empty body.
fn constructor() -> &'static str {
    INTERFACE
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("constructor("))
        .map_or("", |line| line.trim_end_matches(" {}"))
}
