//! Constant text that costs no data section: it is in the code, as numbers.

use super::Sink;
use crate::word::ShortText;

/// Characters of a piece.
pub(super) const PIECE: usize = 31;

/// Pushes a constant text of at most 155 bytes.
macro_rules! text {
    ($out:expr, $text:literal) => {{
        use $crate::{
            art::text::{PIECE, push, rest},
            word::ShortText,
        };
        const A: ShortText = rest($text, 0);
        const B: ShortText = rest($text, PIECE);
        const C: ShortText = rest($text, 2 * PIECE);
        const D: ShortText = rest($text, 3 * PIECE);
        const E: ShortText = rest($text, 4 * PIECE);
        const _: () = assert!($text.len() <= 5 * PIECE, "a text is at most 155 bytes long");
        push($out, A);
        if B.len > 0 {
            push($out, B);
        }
        if C.len > 0 {
            push($out, C);
        }
        if D.len > 0 {
            push($out, D);
        }
        if E.len > 0 {
            push($out, E);
        }
    }};
}
pub(super) use text;

/// The piece of a text that begins at a byte, at compile time. Text is of one byte a character.
#[must_use]
pub(super) const fn rest(text: &str, start: usize) -> ShortText {
    if start >= text.len() {
        return ShortText::new("");
    }
    let (_, rest) = text.split_at(start);
    let size = if rest.len() < PIECE { rest.len() } else { PIECE };
    ShortText::new(rest.split_at(size).0)
}

#[inline(always)]
pub(super) fn push(out: &mut impl Sink, text: ShortText) {
    let word = text.bytes.word();
    out.push(word.get(..text.len as usize).unwrap_or(&word));
}
