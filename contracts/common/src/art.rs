//! The picture of a redemption ticket, and what else wallets show of it: a data URI of JSON in base64, in
//! which the image is a data URI of SVG in base64.
//!
//! Nothing here is text that somebody chose, so nothing needs to be escaped.
//!
//! ```
//! use emetis_common::art::{Face, Sink, State, write_uri};
//!
//! struct Text(String);
//! impl Sink for Text {
//!     fn push(&mut self, bytes: &[u8]) {
//!         self.0.push_str(core::str::from_utf8(bytes).unwrap());
//!     }
//! }
//!
//! let metis = 1_000_000_000_000_000_000;
//! let face = Face { batch: 12, place: 3, nominal: metis, claimed: 0, claimable: 0, state: State::Open };
//! let mut uri = Text(String::new());
//! write_uri(&mut uri, &face);
//! assert!(uri.0.starts_with("data:application/json;base64,eyJuYW1lIjoi"));
//! ```

mod base64;
mod json;
mod number;
mod svg;
mod text;

pub use base64::Base64;
pub use number::{write_amount, write_number};

use text::text;

/// Where bytes go.
pub trait Sink {
    /// Takes some bytes.
    fn push(&mut self, bytes: &[u8]);
}

/// What a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Tickets join.
    Open,
    /// It waits to be filled.
    Closed,
    /// All of it is filled.
    Filled,
}

/// What is shown of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// Its batch.
    pub batch: u32,
    /// Its place in the batch.
    pub place: u32,
    /// What was requested, in wei of eMETIS.
    pub nominal: u128,
    /// What was claimed, in wei of METIS.
    pub claimed: u128,
    /// What can be claimed, in wei of METIS.
    pub claimable: u128,
    /// What the batch is.
    pub state: State,
}

/// Writes all of it: at most 4,096 bytes while amounts fit 84 bits.
pub fn write_uri(out: &mut impl Sink, face: &Face) {
    text!(out, "data:application/json;base64,");
    let mut json = Base64::new(out);
    json::write(&mut json, face);
    json.finish();
}

/// Writes the name of a ticket.
fn write_name(out: &mut impl Sink, face: &Face) {
    text!(out, "Redemption ticket ");
    write_number(out, face.batch.into());
    text!(out, "-");
    write_number(out, face.place.into());
}

fn write_state(out: &mut impl Sink, state: State) {
    match state {
        State::Open => text!(out, "Open"),
        State::Closed => text!(out, "Closed"),
        State::Filled => text!(out, "Filled"),
    }
}
