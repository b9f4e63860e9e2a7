//! The picture: amount, batch, state, and how much of it is filled.

use super::{Face, Sink, text::text, write_amount, write_name, write_number, write_state};
use crate::muldiv::scale_down;

/// Length of the whole bar.
const BAR: u128 = 320;
/// Amounts from here on, in wei, or that are not in ten-thousandths of a METIS, are written small.
const LARGE: u128 = 100_000_000_000_000_000_000_000;
const COARSE: u128 = 100_000_000_000_000;

pub(super) fn write(out: &mut impl Sink, face: &Face) {
    text!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" role=\"img\" ");
    text!(out, "font-family=\"sans-serif\" font-size=\"20\" fill=\"#9fb3c8\"><title>");
    write_name(out, face);
    text!(out, "</title><rect width=\"400\" height=\"400\" rx=\"24\" fill=\"#0b1420\"/>");
    text!(out, "<text x=\"40\" y=\"70\" fill=\"#00dacc\">METIS Redemption</text>");
    text!(out, "<text x=\"40\" y=\"190\" fill=\"#fff\" font-size=\"");
    write_number(out, if is_short(face.nominal) { 52 } else { 22 });
    text!(out, "\">");
    write_amount(out, face.nominal);
    text!(out, "</text><text x=\"40\" y=\"226\">METIS</text><text x=\"40\" y=\"292\">Batch ");
    write_number(out, face.batch.into());
    text!(out, ", ticket ");
    write_number(out, face.place.into());
    text!(out, "</text><text x=\"40\" y=\"322\">");
    write_state(out, face.state);
    text!(
        out,
        "</text><rect x=\"40\" y=\"346\" width=\"320\" height=\"8\" rx=\"4\" fill=\"#1f3042\"/>"
    );
    text!(out, "<rect x=\"40\" y=\"346\" height=\"8\" rx=\"4\" fill=\"#00dacc\" width=\"");
    write_number(out, filled(face));
    text!(out, "\"/></svg>");
}

/// How much of the bar is filled: what was and can be claimed of what was requested.
fn filled(face: &Face) -> u64 {
    let paid = face.claimed.saturating_add(face.claimable);
    scale_down(BAR, paid, face.nominal).unwrap_or(0).min(BAR) as u64
}

/// Whether an amount is at most ten characters long.
fn is_short(wei: u128) -> bool {
    let coarse = scale_down(wei, 1, COARSE).unwrap_or(0).saturating_mul(COARSE);
    wei < LARGE && coarse == wei
}
